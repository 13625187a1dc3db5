"""An official document written to its Word file: made where there is none, else patched."""

from pathlib import Path
from typing import Final, NamedTuple

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from msgspec.structs import replace

from wyexcel.errors import CannotRead, CannotWrite
from wyexcel.files import disk
from wyexcel.files.writing.official import gbt_9704
from wyexcel.files.writing.official import generation as generations
from wyexcel.files.writing.official.build_document import as_bytes, build
from wyexcel.files.writing.official.decide_edits import Edits
from wyexcel.files.writing.official.generation import Generation, generation_of
from wyexcel.files.writing.official.keep_edits import keep_edits
from wyexcel.files.writing.official.official_document import OfficialDocument
from wyexcel.files.writing.official.page_estimate import fitting_pitch
from wyexcel.files.writing.official.present_paragraphs import (
    PresentParagraph,
    present_paragraphs,
)

EARLIER: Final = "旧稿"
"""The folder beside a document in which it is kept as it was before each change."""

_OPEN: Final = "“{}”正在别的程序里打开着，没有改动它。请关闭以后再生成。"
_NO_DOCUMENT: Final = (
    "“{}”不是能打开的 Word 文档，没有改动它。请把它另存或移走，再生成；以前的稿在“旧稿”里。"
)
_NO_BASIS: Final = "找不到上次的底稿：与现在的文字不同的段落一律视为您改过，请逐段核对"


class Written(NamedTuple):
    """The file of a document, what became of the hand edits in it, and where the one before is."""

    file: Path
    edits: Edits | None = None
    earlier: Path | None = None


def write_document(official: OfficialDocument, path: Path) -> Written:
    """Have *official* at *path*; what stands there is patched, and kept beside it as it was.

    Raises CannotWrite where a program has it open, CannotRead where it is no document any more.
    """
    if not path.exists():
        _save(build(official), path, generation_of(official))
        return Written(path)
    if is_open(path):
        raise CannotWrite(_OPEN.format(path))
    document = _opened(path)
    untouched = as_bytes(document)
    before = generations.stored_in(document) or generations.read_sidecar(path)
    basis = before or generation_of(official)
    edits = keep_edits(document, basis, official)
    if before is None:
        edits = replace(edits, notes=(*edits.notes, _NO_BASIS))
    gbt_9704.set_pitch(document, fitting_pitch(official))
    if as_bytes(document) == untouched:
        return Written(path, edits)
    earlier = keep_copy(path)
    now = generations.stored_in(document) or generation_of(official)
    _save(document, path, now)
    return Written(path, edits, earlier)


def is_open(path: Path) -> bool:
    """Whether Word, WPS or LibreOffice has the document open."""
    name = path.name
    locks = (f"~${name[2:]}", f"~${name}", f".~lock.{name}#")
    return any(path.with_name(lock).exists() for lock in locks)


def _opened(path: Path) -> Document:
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise CannotRead(_NO_DOCUMENT.format(path)) from error


def standing_paragraphs(path: Path) -> tuple[PresentParagraph, ...]:
    """The paragraphs of the document at *path* as they stand; raise CannotRead where it is none."""
    return present_paragraphs(_opened(path))


def _save(document: Document, path: Path, generation: Generation) -> None:
    content = as_bytes(document)
    generations.write_sidecar(path, generation)
    disk.write(path, lambda file: file.write(content))


def keep_copy(path: Path) -> Path:
    """A copy of the document at *path* as it is, under the next free number."""
    folder = path.with_name(EARLIER)
    folder.mkdir(exist_ok=True)
    number = 1
    while (copy := folder / f"{path.stem}-{number:02}{path.suffix}").exists():
        number += 1
    disk.copy(path, copy)
    return copy
