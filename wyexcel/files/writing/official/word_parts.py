"""Pieces of a Word document that python-docx has no name for, in the order of the schema."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from wyexcel.files.plain_text import printable
from wyexcel.files.writing.official.official_document import Voice

Element: TypeAlias = Any
"""An element of the document's XML; lxml's own classes are not typed."""

VOICE_STYLES: Final[Mapping[Voice, tuple[str, str]]] = {
    Voice.HEADING: ("公文一级标题字", "WyHeading"),
    Voice.LEAD: ("公文二级标题字", "WyLead"),
}
"""The name and the id of the character style of a voice."""

_PARAGRAPH_ORDER: Final = re.findall(
    r"\w+",
    """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr
    shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
    autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents
    suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr
    sectPr pPrChange""",
)
_RUN_ORDER: Final = re.findall(
    r"\w+",
    """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof
    snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd
    fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
)
_BEHIND_LINE_BREAKS: Final = re.findall(
    r"\w+",
    """savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent
    alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving
    saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults
    footnotePr endnotePr compat docVars rsids mathPr attachedSchema themeFontLang
    clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions
    readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags
    decimalSymbol listSeparator""",
)
"""What stands behind the lists of line breaks in the settings of a document."""

_BREAKS: Final = re.compile(r"([\n\t])")


def body_of(document: Document) -> Element:
    """The element of *document* that holds its paragraphs and tables."""
    element: Element = document.element
    return element.body


def element_of(wrapper: Any) -> Element:
    """The element behind a paragraph, table, row or cell of python-docx."""
    return wrapper._element  # noqa: SLF001 - it gives no other way to what it has no name for


def part(tag: str, content: str = "", **attributes: object) -> Element:
    """An element `w:tag` with `w:` attributes; *content* is XML."""
    values = "".join(f' w:{name}="{value}"' for name, value in attributes.items())
    return parse_xml(f"<w:{tag} {nsdecls('w')}{values}>{content}</w:{tag}>")


def in_paragraph_order(properties: Element) -> None:
    """Put the children of a `w:pPr` into the order that the schema (and Word) wants."""
    _in_order(properties, _PARAGRAPH_ORDER)


def in_run_order(properties: Element) -> None:
    """Put the children of a `w:rPr` into the order that the schema (and Word) wants."""
    _in_order(properties, _RUN_ORDER)


def _in_order(properties: Element, order: Sequence[str]) -> None:
    places = {qn(f"w:{tag}"): place for place, tag in enumerate(order)}
    for child in sorted(properties, key=lambda child: places.get(child.tag, len(places))):
        properties.append(child)


def put_line_break_setting(settings: Element, element: Element) -> None:
    """Put *element* into the settings of a document, before what the schema has behind it."""
    behind = {qn(f"w:{tag}") for tag in _BEHIND_LINE_BREAKS}
    for child in settings:
        if child.tag in behind:
            child.addprevious(element)
            return
    settings.append(element)


def set_fonts(element: Element, font: str) -> None:
    """Have a style's text in *font*, Chinese and Latin alike."""
    properties = element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = part("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia")
    properties.insert(0, fonts)


def runs(text: str, voice: Voice) -> Iterator[Element]:
    """Runs that say *text* in *voice*; line feeds are line breaks and tabs tabs."""
    style = f'<w:rStyle w:val="{VOICE_STYLES[voice][1]}"/>' if voice in VOICE_STYLES else ""
    properties = f'<w:rPr>{style}<w:rFonts w:hint="eastAsia"/></w:rPr>'
    for words in _BREAKS.split(text):
        if words:
            yield part("r", properties + _content(words))


def _content(words: str) -> str:
    """*words* as the content of a run."""
    if words in {"\n", "\t"}:
        return "<w:br/>" if words == "\n" else "<w:tab/>"
    return f'<w:t xml:space="preserve">{escape(printable(words))}</w:t>'


def next_mark_id(marks: Iterable[Element]) -> int:
    """An id that none of *marks* (bookmarks) has."""
    return max((int(mark.get(qn("w:id"))) for mark in marks), default=0) + 1
