"""The pages of a PDF as they were printed: every letter, where it stands, and in which font."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pypdfium2
from pypdfium2 import raw

from wyexcel.errors import CannotRead


class Box(NamedTuple):
    """Where a letter or a text stands, in points from the left and the top of its page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How tall it is."""
        return self.bottom - self.top


class PrintedPage(NamedTuple):
    """One page: its letters without blanks, in the order in which they were drawn, and each box.

    `sizes` are the font sizes of the letters in points, `fonts` the names of all fonts on it.
    """

    number: int
    letters: str
    boxes: Sequence[Box]
    sizes: Sequence[float]
    fonts: frozenset[str]

    def box_of(self, start: int, length: int) -> Box:
        """What *length* letters from *start* on cover."""
        covered = self.boxes[start : start + length]
        return Box(
            min(box.left for box in covered),
            min(box.top for box in covered),
            max(box.right for box in covered),
            max(box.bottom for box in covered),
        )


_NAME_LENGTH: Final = 256


def printed_pages(pdf: Path) -> tuple[PrintedPage, ...]:
    """The pages of *pdf*; raise CannotRead where it is none."""
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return tuple(_page(page, number) for number, page in enumerate(document, 1))
    except (pypdfium2.PdfiumError, OSError) as error:
        message = f"“{pdf}”不是能打开的 PDF，请重新生成通报。"
        raise CannotRead(message) from error


def without_blanks(text: str) -> str:
    """*text* as the letters of a page are held against it."""
    return "".join(text.split())


def _page(page: Any, number: int) -> PrintedPage:
    text, height = page.get_textpage(), page.get_height()
    letters: list[str] = []
    boxes: list[Box] = []
    sizes: list[float] = []
    fonts: set[str] = set()
    content = text.get_text_range()
    for place in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, place))
        if letter.isspace() or not letter.isprintable():
            continue
        left, bottom, right, top = text.get_charbox(place)
        letters.append(letter)
        boxes.append(Box(left, height - top, right, height - bottom))
        sizes.append(raw.FPDFText_GetFontSize(text, place))
        fonts.add(_font(text, place))
    return PrintedPage(number, "".join(letters) if content else "", boxes, sizes, frozenset(fonts))


def _font(text: Any, place: int) -> str:
    """The name of the font of the letter at *place*, without the mark of a subset (`ABCDEF+`)."""
    import ctypes  # noqa: PLC0415 - only the proof needs it

    buffer = ctypes.create_string_buffer(_NAME_LENGTH)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, place, buffer, _NAME_LENGTH, flags)
    return buffer.value.decode("utf-8", "replace").rpartition("+")[2]
