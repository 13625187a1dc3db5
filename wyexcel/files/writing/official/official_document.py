"""What an official document says: its paragraphs with their ids, and what is signed and sent.

One model feeds the Word file, the sheet 正文 and messages; it knows words and kinds, never looks.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct, field


class Style(StrEnum):
    """What a paragraph is (GB/T 9704—2012, 7.2 and 7.3); the value is the name of its style."""

    NUMBER = "公文发文字号"
    TITLE = "公文标题"
    SALUTATION = "公文主送"
    BODY = "公文正文"
    ANNEX = "公文附件说明"
    FIRST_ANNEX = "公文附件说明首"
    NEXT_ANNEX = "公文附件说明续"
    SIGNATURE = "公文署名"
    DAY = "公文成文日期"
    COPIES = "公文抄送"
    PRINTER = "公文印发"


class Voice(StrEnum):
    """How a piece of a paragraph is set: as text, as its heading (黑体) or its lead (楷体)."""

    TEXT = "text"
    HEADING = "heading"
    LEAD = "lead"


class Piece(Struct, frozen=True):
    """Some words of a paragraph in one voice; a line feed is a line break, a tab a tab."""

    text: str
    voice: Voice = Voice.TEXT


class OfficialParagraph(Struct, frozen=True, kw_only=True):
    """A paragraph with an id of its own; `facts` are the numbers that it tells, by their names.

    A number stands in `facts` as it stands in the text (`{"规上工业总产值": "17.60亿元"}`).
    """

    id: str
    style: Style = Style.BODY
    pieces: tuple[Piece, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(piece.text for piece in self.pieces)


COPIES: Final = "copies"
PRINTER: Final = "printer"
SIGNATURE: Final = "signature"
DAY: Final = "day"
IMPRINT: Final = frozenset({COPIES, PRINTER})
"""The paragraphs of 版记, which stand at the foot of the last page."""


class OfficialDocument(Struct, frozen=True, kw_only=True):
    """A whole document: the `text` from 文号 to the last requirement, and what follows it.

    `annexes` are the names of the annexes in their order, `copies` who gets a copy (抄送),
    `printer` and `printed` the lower line of 版记. With a seal the date stands four squares off the
    edge and the signature is centred on it. `about` names what it is about (a period).
    """

    text: tuple[OfficialParagraph, ...]
    annexes: tuple[str, ...]
    signature: str
    day: str
    copies: str
    printer: str
    printed: str
    about: str
    sealed: bool = True

    @property
    def paragraphs(self) -> tuple[OfficialParagraph, ...]:
        """Every paragraph, in the order in which it stands."""
        return (
            *self.text,
            *self._annex_paragraphs(),
            _paragraph(SIGNATURE, Style.SIGNATURE, self.signature),
            _paragraph(DAY, Style.DAY, self.day),
            *([_paragraph(COPIES, Style.COPIES, f"抄送：{self.copies}")] if self.copies else []),
            _paragraph(PRINTER, Style.PRINTER, f"{self.printer}\t{self.printed}"),
        )

    def _annex_paragraphs(self) -> tuple[OfficialParagraph, ...]:
        """附件说明 (GB/T 9704—2012, 7.3.4): one line an annex, numbered where there are several."""
        if len(self.annexes) == 1:
            return (_paragraph("annex1", Style.ANNEX, f"附件：{self.annexes[0]}"),)
        return tuple(
            _paragraph(f"annex{number}", Style.NEXT_ANNEX, f"{number}.{name}")
            if number > 1
            else _paragraph("annex1", Style.FIRST_ANNEX, f"附件：1.{name}")
            for number, name in enumerate(self.annexes, 1)
        )


def _paragraph(id_: str, style: Style, text: str) -> OfficialParagraph:
    return OfficialParagraph(id=id_, style=style, pieces=(Piece(text),))
