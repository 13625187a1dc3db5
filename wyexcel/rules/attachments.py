"""Rules of what lies beside the forms: stamped copies, photographs, notes in words (F11)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from wyexcel.files.reading.refusal import Reason
from wyexcel.findings import Severity
from wyexcel.rules.rule import Family, Violation

KINDS: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.PDF: "PDF（OFD）文件",
        Reason.PICTURE: "图片",
        Reason.DOCUMENT: "文字文档",
        Reason.TEXT: "文本",
        Reason.CSV: "文本",
    }
)
"""What may be an attachment of a form, as people call it."""


class Attachment(Struct, frozen=True, kw_only=True):
    """A file beside the forms that is none, and whose it is; `unit` is None where nobody can tell.

    `kind` is what it is, in words.
    """

    name: str
    kind: str
    unit: str | None


ATTACHMENTS: Final = Family[Attachment]()

_KEPT: Final = "作为 {unit} 填报表的附件保存，不用处理"
_WHOSE: Final = (
    "看不出是哪家单位的，留在“报送”文件夹，没有归档。是某家的附件，请在文件名里写上单位名称；"
    "是用它代替填报表的，请那家单位改填填报表"
)


@ATTACHMENTS.rule(
    "F11",
    Severity.NOTICE,
    holds="盖章件、照片、说明等附件写明是哪家单位的",
    message="“{name}”是{kind}，不是填报表，{what}。",
)
def it_lies_beside_a_form(attachment: Attachment) -> Iterator[Violation]:
    """Beside the forms lie forms only; what else does is kept with the form of its unit."""
    unit = attachment.unit
    what = _WHOSE if unit is None else _KEPT.format(unit=unit)
    yield Violation(words={"name": attachment.name, "kind": attachment.kind, "what": what})
