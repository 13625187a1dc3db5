"""What a text or a web page seems to be that a form was exported to: whose, and for when."""

import html
import re
from typing import Final

_HEAD: Final = 1 << 16
_TAGS: Final = re.compile(r"<[^>]*>")
_PERIOD: Final = re.compile(r"报告期[:：]\s*([^\s,;\"'<\t]{2,20})")
_DEADLINE: Final = "报送截止"
_UNIT: Final = re.compile(r"填报单位[:：]\s*([^\s,;\"'<\t]{2,20})")
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_TOLD: Final = "看起来是{unit}{period}报送表另存（导出）的，里面的数没有采用"


def exported_form_hint(data: bytes) -> str:
    """What to say of the file in *data* where it is made of one of our forms, else ""."""
    text = html.unescape(_TAGS.sub(" ", _decoded(data[:_HEAD])))
    period, unit = _PERIOD.search(text), _UNIT.search(text)
    if period is None or unit is None or _DEADLINE not in text:
        return ""
    return _TOLD.format(unit=unit[1], period=period[1])


def _decoded(head: bytes) -> str:
    """The text of *head*, in whatever of the usual encodings; what is cut off is left out."""
    if head.startswith(_WIDE):
        return head.decode("utf-16", "ignore")
    for encoding in _ENCODINGS:
        text = head.decode(encoding, "ignore")
        if _DEADLINE in text:
            return text
    return ""
