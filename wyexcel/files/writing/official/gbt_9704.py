"""The page and the styles of an official document by GB/T 9704—2012 (党政机关公文格式).

版心 156×225 mm, 仿宋 3号, 22 lines of 28 characters, 小标宋 title 2号, page number 4号. 28
squares of 16 pt are wider than 156 mm, so that characters stand a quarter point closer. Paragraphs
keep their own line pitch (no grid), which Word, WPS and LibreOffice then all keep alike.
"""

from collections.abc import Mapping
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from msgspec import Struct

from wyexcel.files.writing import line_breaks
from wyexcel.files.writing.looks import FANG, HEI, SONG, XIAO_BIAO_SONG
from wyexcel.files.writing.official.official_document import Style, Voice
from wyexcel.files.writing.official.word_parts import (
    VOICE_STYLES,
    Element,
    element_of,
    in_paragraph_order,
    in_run_order,
    part,
    put_line_break_setting,
    set_fonts,
)

KAI: Final = "楷体_GB2312"
SIZE_2: Final = 22.0
SIZE_3: Final = 16.0
SIZE_4: Final = 14.0
"""号 in points (字号)."""

TEXT_WIDTH: Final = 8844
"""156 mm in twips."""
PITCH: Final = 579
"""225 mm over 22 lines, in twips (每面 22 行)."""
FOOT: Final = (297 - 35) / 25.4 * 72
"""The lower edge of the type area, in points from the top of the page."""
IMPRINT_LINE: Final = 24.0
"""Points from line to line in 版记."""

_TIGHT: Final = -5
"""Twips between characters: 28 squares have 448 pt, the type area 442.2."""
_TWIPS: Final = 20
_LATIN: Final = "en-US"
"""Latin text that is called Chinese is broken within numbers by LibreOffice."""
_CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
_RIGHT: Final = WD_ALIGN_PARAGRAPH.RIGHT
_JUSTIFY: Final = WD_ALIGN_PARAGRAPH.JUSTIFY


class _Layout(Struct, frozen=True, kw_only=True):
    """How a style is set: sizes in points, indents in squares of its size, gaps in lines.

    `line` is its own pitch in points; 0 is that of the text. `left` is where it begins and `hang`
    by how much its first line begins before that.
    """

    font: str = FANG
    size: float = SIZE_3
    align: WD_ALIGN_PARAGRAPH = _JUSTIFY
    line: float = 0.0
    first: float = 0.0
    left: float = 0.0
    hang: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False


LAYOUTS: Final[Mapping[Style, _Layout]] = {
    Style.NUMBER: _Layout(align=_CENTRE, after=1),
    Style.TITLE: _Layout(
        font=XIAO_BIAO_SONG, size=SIZE_2, align=_CENTRE, line=33, after=0.9, keep=True
    ),
    Style.SALUTATION: _Layout(),
    Style.BODY: _Layout(first=2),
    Style.ANNEX: _Layout(left=5, hang=3, before=1),
    Style.FIRST_ANNEX: _Layout(left=6, hang=4, before=1),
    Style.NEXT_ANNEX: _Layout(left=6, hang=1),
    Style.SIGNATURE: _Layout(align=_RIGHT, before=2, keep=True),
    Style.DAY: _Layout(align=_RIGHT, right=4),
    Style.COPIES: _Layout(size=SIZE_4, line=IMPRINT_LINE, left=4, hang=3, right=1),
    Style.PRINTER: _Layout(size=SIZE_4, line=IMPRINT_LINE, left=1, right=1),
}

_PAGE_NUMBER: Final = "公文页码"
_PAGE_NUMBER_LAYOUT: Final = _Layout(font=SONG, size=SIZE_4, line=SIZE_4)
_VOICE_FONTS: Final[Mapping[Voice, str]] = {Voice.HEADING: HEI, Voice.LEAD: KAI}


def add_styles(document: Document, pitch: int) -> None:
    """Give *document* every style, with *pitch* twips from line to line."""
    normal: Any = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(SIZE_3), FANG
    set_fonts(normal.element, FANG)
    layout = normal.paragraph_format
    layout.space_after = layout.space_before = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch / _TWIPS)
    properties = normal.element.get_or_add_pPr()
    properties.append(part("snapToGrid", val="0"))
    in_paragraph_order(properties)
    for style, wanted in LAYOUTS.items():
        _add_style(document, style, f"Wy{style.name.title().replace('_', '')}", wanted, pitch)
    _add_style(document, _PAGE_NUMBER, "WyPageNumber", _PAGE_NUMBER_LAYOUT, pitch)
    for voice, (name, key) in VOICE_STYLES.items():
        made = _new_style(document, name, WD_STYLE_TYPE.CHARACTER)
        made.element.set(qn("w:styleId"), key)
        set_fonts(made.element, _VOICE_FONTS[voice])
    add_comment_styles(document)


def _new_style(document: Document, name: str, kind: WD_STYLE_TYPE) -> Any:
    """A new style, untyped as python-docx gives it."""
    styles: Any = document.styles
    return styles.add_style(name, kind)


def _add_style(document: Document, name: str, key: str, wanted: _Layout, pitch: int) -> None:
    style = _new_style(document, name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), key)
    style.base_style, style.quick_style = document.styles["Normal"], True
    style.font.size = Pt(wanted.size)
    set_fonts(style.element, wanted.font)
    if wanted.size == SIZE_3:
        style.element.get_or_add_rPr().append(part("spacing", val=_TIGHT))
        in_run_order(style.element.rPr)
    layout = style.paragraph_format
    layout.alignment, layout.keep_with_next = wanted.align, wanted.keep
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.widow_control = False  # 22 lines on every page
    set_pitch_of(style, wanted, pitch)
    properties = style.element.get_or_add_pPr()
    properties.append(part("kinsoku", val="1"))
    properties.append(part("snapToGrid", val="0"))
    _indent(properties, wanted)
    in_paragraph_order(properties)


def set_pitch_of(style: Any, wanted: _Layout, pitch: int) -> None:
    """Have *style* stand *pitch* twips from line to line, and the gaps around it follow."""
    layout = style.paragraph_format
    layout.line_spacing = Pt(wanted.line or pitch / _TWIPS)
    layout.space_before = Pt(wanted.before * pitch / _TWIPS)
    layout.space_after = Pt(wanted.after * pitch / _TWIPS)


def set_pitch(document: Document, pitch: int) -> None:
    """Have the text of *document* stand *pitch* twips from line to line; styles go by name."""
    for style in document.styles:
        if style.name in LAYOUTS:
            set_pitch_of(style, LAYOUTS[Style(style.name)], pitch)


def _indent(properties: Element, wanted: _Layout) -> None:
    square = wanted.size * _TWIPS
    values: dict[str, object] = {}
    if wanted.first:
        values["firstLineChars"] = round(wanted.first * 100)
        values["firstLine"] = round(wanted.first * square)
    if wanted.left:
        values["left"] = round(wanted.left * square)
    if wanted.hang:
        values["hanging"] = round(wanted.hang * square)
    if wanted.right:
        values["right"] = round(wanted.right * square)
    if values:
        properties.append(part("ind", "", **values))


def add_comment_styles(document: Document) -> None:
    """The styles that comments name, where *document* has none of them."""
    known = {style.name for style in document.styles} | {s.style_id for s in document.styles}
    for name, key, kind, size in (
        ("annotation reference", "CommentReference", WD_STYLE_TYPE.CHARACTER, 8),
        ("annotation text", "CommentText", WD_STYLE_TYPE.PARAGRAPH, 10.5),
    ):
        if not {name, key} & known:
            made = _new_style(document, name, kind)
            made.element.set(qn("w:styleId"), key)
            made.font.size = Pt(size)


def set_up(document: Document) -> None:
    """The page with its number, the language, and where lines may not break."""
    [section] = document.sections
    _set_page(section)
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer.paragraphs[0], odd=True)
    _number_pages(section.even_page_footer.paragraphs[0], odd=False)
    settings: Any = document.settings.element
    for old in settings.findall(qn("w:characterSpacingControl")):
        settings.remove(old)
    put_line_break_setting(settings, part("characterSpacingControl", val="compressPunctuation"))
    set_line_breaks(document)
    styles: Any = document.styles.element
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), _LATIN)
        language.set(qn("w:eastAsia"), line_breaks.LANGUAGE)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word calls it 兼容模式


def set_line_breaks(document: Document) -> None:
    """Tell *document* where lines may not break, unless it says so already."""
    settings: Any = document.settings.element
    if settings.find(qn("w:noLineBreaksBefore")) is None:
        language = line_breaks.LANGUAGE
        after = part("noLineBreaksAfter", lang=language, val=line_breaks.NOT_LAST)
        before = part("noLineBreaksBefore", lang=language, val=line_breaks.NOT_FIRST)
        put_line_break_setting(settings, after)
        put_line_break_setting(settings, before)


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25.5)
    wrapper: Any = section
    properties: Element = wrapper._sectPr  # noqa: SLF001 - python-docx knows no grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(part("docGrid", type="lines", linePitch=PITCH))


def _number_pages(paragraph: Paragraph, *, odd: bool) -> None:
    """— 1 —, a square off the edge: odd pages at the right, even ones at the left."""
    paragraph.style = _PAGE_NUMBER
    paragraph.alignment = _RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
    layout = paragraph.paragraph_format
    if odd:
        layout.right_indent = Pt(SIZE_4)
    else:
        layout.left_indent = Pt(SIZE_4)
    element = element_of(paragraph)
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    for content in (
        '<w:t xml:space="preserve">— </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> —</w:t>',
    ):
        element.append(part("r", hint + content))
