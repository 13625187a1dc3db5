"""What an amount grew by since the last report (本期数): asked beside it, owed by nobody."""

from typing import Final

from msgspec.structs import replace

from wyexcel.plan.element import Element

_SINGLE: Final = ".single"


def single(element: Element) -> Element:
    """What *element*, which runs from January on, grew by since the last report (本期数)."""
    return replace(
        element,
        code=element.code + _SINGLE,
        name=f"{element.name}（本期数）",
        zone_only=True,
        definition="上期报送以后到报告期末新增的数，全区合计。上期累计＋本期数＝本期累计。",
        beside=element.code,
    )


def summed(code: str) -> str:
    """The element of which *code* is what it grew by; "" where it is no such number."""
    return code.removesuffix(_SINGLE) if code.endswith(_SINGLE) else ""
