"""Rules of the file itself, before anybody looks at what it says (F, S01)."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from pathlib import PurePath
from typing import Final, NamedTuple
from unicodedata import normalize

from msgspec import Struct

from wyexcel.files.reading.book import Book
from wyexcel.files.reading.formulas.elsewhere import Source, SourceKind, is_program
from wyexcel.files.reading.refusal import Unreadable
from wyexcel.findings import Severity
from wyexcel.forms.filled.read_form import identity
from wyexcel.period import Period
from wyexcel.rules.formulas import source_in_words, sources
from wyexcel.rules.rule import Family, Violation

LOCKS: Final = ("~$", ".~")
"""How the names of files begin that programs leave beside a workbook that is open."""


class EarlierCopy(NamedTuple):
    """The earlier file with the same content, and the one that replaced it since, if one did."""

    file: str
    replaced_by: str = ""


class ArrivedFile(Struct, frozen=True, kw_only=True, dict=True):
    """A file as it arrived: its name, what reading it gave, and what came before it.

    `book` is None for a file that is not read, `earlier_copy` the earlier file of the same content.
    """

    name: str
    received: datetime
    book: Book | Unreadable | None
    period: Period
    earlier_copy: EarlierCopy | None = None

    @cached_property
    def form(self) -> Book | None:
        """The workbook, if it carries the identity that every issued form has."""
        book = self.book
        return book if isinstance(book, Book) and identity(book).get("format") else None


_UNREADABLE: Final = "{detail}。{advice}。"
_STILL: Final = "那一份已由“{}”代替，现仍采用后者；要改回这一份的，请单位把它重新保存一次再报。"
_READ: Final = "是 {format} 格式，已读取；请以后另存为 .xlsx 再报。"

FILE_ITSELF: Final = Family[ArrivedFile]()


@FILE_ITSELF.rule(
    "F01",
    Severity.BLOCK,
    holds="文件是能打开的标准 xlsx",
    message="文件“{name}”{detail}",
)
def it_is_a_workbook(arrived: ArrivedFile) -> Iterator[Violation]:
    """The file is an xlsx workbook that can be read within the limits, or a form in another way."""
    book = arrived.book
    if isinstance(book, Unreadable) and not book.reason.locked:
        detail = _UNREADABLE.format(detail=book.detail, advice=book.reason.advice)
        yield Violation(words={"name": arrived.name, "detail": detail})
    elif arrived.form is not None and arrived.form.saved_as:
        detail = _READ.format(format=arrived.form.saved_as)
        yield Violation(words={"name": arrived.name, "detail": detail}, severity=Severity.NOTICE)


@FILE_ITSELF.rule(
    "F02",
    Severity.BLOCK,
    holds="文件不设打开密码",
    message="“{name}”{detail}，{advice}。",
)
def it_has_no_password(arrived: ArrivedFile) -> Iterator[Violation]:
    """The file opens without a password."""
    book = arrived.book
    if isinstance(book, Unreadable) and book.reason.locked:
        words = {"name": arrived.name, "detail": book.detail, "advice": book.reason.advice}
        yield Violation(words=words)


@FILE_ITSELF.rule(
    "F03",
    Severity.NOTICE,
    holds="临时文件不算报送",
    message="“{name}”是临时文件或正在被打开，已跳过。",
)
def it_is_no_lock_file(arrived: ArrivedFile) -> Iterator[Violation]:
    """The file is not what Excel, WPS or LibreOffice leaves beside a workbook that is open."""
    if PurePath(arrived.name).name.startswith(LOCKS):
        yield Violation(words={"name": arrived.name})


@FILE_ITSELF.rule(
    "F04",
    Severity.NOTICE,
    holds="同样的文件只收一次",
    message="“{name}”与已收的“{copy}”内容完全相同，已跳过。{still}",
)
def it_came_only_once(arrived: ArrivedFile) -> Iterator[Violation]:
    """No file with the same content came before; one that was replaced since is asked about."""
    if arrived.earlier_copy is not None:
        file, replaced_by = arrived.earlier_copy
        still = _STILL.format(replaced_by) if replaced_by else ""
        words = {"name": arrived.name, "copy": file, "still": still}
        yield Violation(words=words, severity=Severity.REVIEW if replaced_by else None)


@FILE_ITSELF.rule(
    "F07",
    Severity.REVIEW,
    holds="不引用其他文件",
    message="{what}，数值可能不是最新，请改为直接填数。",
)
def it_links_to_no_other_file(arrived: ArrivedFile) -> Iterator[Violation]:
    """A form takes nothing from another file or program; a formula that does is told by itself."""
    form = arrived.form
    if form is None:
        return
    of_formulas = {_file_name(source.name) for source in sources(form).values()}
    for link in dict.fromkeys(form.links):
        if link and _file_name(link) not in of_formulas:
            kind = SourceKind.PROGRAM if is_program(link) else SourceKind.FILE
            what = f"文件引用了{source_in_words(Source(kind, link))}"
            yield Violation(value=link, words={"what": what})
    for kind_name, name, sheet, cell in form.attached:
        there = f"“{sheet}”{cell}上" if sheet else "文件里"
        what = f"{there}有{kind_name}“{name}”"
        yield Violation(sheet or None, cell or None, name, words={"what": what})


def _file_name(link: str) -> str:
    """The last part of the path *link*: a formula and a link may name the same file differently."""
    return re.split(r"[\\/]", link)[-1].casefold()


@FILE_ITSELF.rule(
    "F08",
    Severity.REVIEW,
    holds="填报表不含宏",
    message="“{name}”含宏，系统不会运行，请使用下发的 .xlsx 填报表。",
)
def it_has_no_macros(arrived: ArrivedFile) -> Iterator[Violation]:
    """A form carries no program."""
    if arrived.form and arrived.form.macros:
        yield Violation(words={"name": arrived.name})


@FILE_ITSELF.rule(
    "F10",
    Severity.ERROR,
    holds="没有名为 *.conf、*.py 的工作表",
    message="“{sheet}”工作表可能让加载项运行别的程序，请删除该工作表后再报；"
    "找不到或删不掉的，请用下发的填报表重新填报。",
)
def it_chooses_no_program(arrived: ArrivedFile) -> Iterator[Violation]:
    """No sheet of a form, hidden or not, is named as the settings or the code of an add-in."""
    for name in arrived.form.names if arrived.form else ():
        if chooses_a_program(name):
            yield Violation(sheet=name)


def chooses_a_program(name: str) -> bool:
    """Whether a sheet called *name* is one that an add-in (xlwings) takes a program from."""
    return normalize("NFKC", name).strip().lower().endswith((".conf", ".py"))


@FILE_ITSELF.rule(
    "S01",
    Severity.BLOCK,
    holds="用本次下发的填报表填报",
    message="“{name}”不是本次下发的填报表，请使用“下发/{period}”文件夹中本单位的填报表填报。",
)
def it_is_a_form(arrived: ArrivedFile) -> Iterator[Violation]:
    """The workbook carries the identity that every issued form has."""
    if isinstance(arrived.book, Book) and arrived.form is None:
        yield Violation(words={"name": arrived.name, "period": arrived.period})
