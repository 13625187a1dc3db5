"""A note on a cell of a finished workbook, written as spreadsheet programs do."""

from functools import partial, reduce
from html import escape
from typing import Final

from wyexcel.files.address import parse
from wyexcel.practice.rehearsal.draft_form import Rewrite
from wyexcel.practice.rehearsal.file_rewrites import FIRST_SHEET, rewrite_part

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NOTES_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_BOX_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId98" Type="{_OFFICE}/comments" Target="../comments1.xml"/>'
    f'<Relationship Id="rId99" Type="{_OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
    "</Relationships>"
)
_BOX: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="t202" coordsize="21600,'
    '21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/><v:shape id="s1025" type="#t202" '
    'style="position:absolute;visibility:hidden" fillcolor="#ffffe1"><x:ClientData '
    'ObjectType="Note"><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>'
    "</xml>"
)


def put_note(cell: str, words: str) -> Rewrite:
    """A rewrite after which *cell* of the first sheet has a note that says *words*."""
    row, column = parse(cell)
    notes = (
        f'<comments xmlns="{_MAIN}"><authors><author>演练</author></authors><commentList>'
        f'<comment ref="{cell}" authorId="0"><text><t>{escape(words)}</t></text></comment>'
        "</commentList></comments>"
    )
    parts = {
        "xl/comments1.xml": notes,
        "xl/drawings/vmlDrawing1.vml": _BOX.format(row=row, column=column),
        "xl/worksheets/_rels/sheet1.xml.rels": _RELATIONS,
    }
    kinds = (
        f'<Default Extension="vml" ContentType="{_BOX_TYPE}"/>'
        f'<Override PartName="/xl/comments1.xml" ContentType="{_NOTES_TYPE}"/></Types>'
    )
    drawing = f'<legacyDrawing xmlns:r="{_OFFICE}" r:id="rId99"/></worksheet>'
    steps = (
        rewrite_part("[Content_Types].xml", partial(_ended, end="</Types>", by=kinds), more=parts),
        rewrite_part(FIRST_SHEET, partial(_ended, end="</worksheet>", by=drawing), more={}),
    )
    return lambda content: reduce(lambda done, step: step(done), steps, content)


def _ended(text: str, *, end: str, by: str) -> str:
    return text.replace(end, by)
