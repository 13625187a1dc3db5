"""What a form asks beside what is owed (补充): anybody may leave it blank, nothing is judged by it.

It is held against what is owed: how many enterprises there were, came and went, and what an amount
grew by since the last report.
"""

import re
from typing import Final

from msgspec.structs import replace

from wyexcel.plan.element import Element, Kind

ENTERPRISES: Final = "C01"
"""The element that the counts of enterprises, and the list of their names, stand beside."""

START: Final = "C01t0"
ENTERED: Final = "C27"
LEFT: Final = "C28"
MAKERS: Final = "C23"
DIGITAL: Final = "C22"
ROSTER: Final = "C01list"
GONE: Final = "退库"
"""The word in 备注 that takes an enterprise of the list off it."""

_NOT_GONE: Final = re.compile(rf"[未没不无]\S{{0,2}}{GONE}")

_SINGLE: Final = ".single"


def _households(code: str, name: str, definition: str) -> Element:
    return Element(
        code=code,
        name=name,
        measure="户",
        kind=Kind.STOCK,
        decimals=0,
        zone_only=True,
        definition=definition,
    )


EXTRAS: Final = (
    _households(START, "年初规上工业企业数", "上年末在库的规上工业企业户数（期初）。"),
    _households(ENTERED, "本年纳规企业数", "1月至报告期末新入库的规上工业企业户数。"),
    _households(
        LEFT, "本年退库企业数", "1月至报告期末退库的规上工业企业户数。期末＝期初＋纳规－退库。"
    ),
    _households(
        MAKERS, "规上制造业企业数", "报告期末在库的规上制造业企业户数，不大于规上工业企业数。"
    ),
    _households(
        DIGITAL,
        "完成“智改数转”的企业数",
        "报告期末已完成“智改数转”的规上制造业企业户数，不大于规上制造业企业数。",
    ),
    Element(
        code=ROSTER,
        name="规上工业企业",
        measure="户",
        kind=Kind.STOCK,
        decimals=0,
        sheet="规上企业",
        definition=(
            "本表可以不填；填就填全，报告期末在库的一户一行，用来核对“规上工业企业数”。"
            f"已退库的删去，或在备注栏写“{GONE}”。纳规日期可以不填。"
        ),
        columns={
            "name": "企业名称",
            "id": "统一社会信用代码",
            "park": "所在园区",
            "date": "纳规日期",
            "amount": "上年产值（万元）",
            "note": "备注",
        },
    ),
)


def is_gone(note: str) -> bool:
    """Whether *note* (备注) says that an enterprise is off the list.

    >>> is_gone("2025年6月退库"), is_gone("未退库"), is_gone("没有退库"), is_gone("")
    (True, False, False, False)
    """
    return GONE in note and not _NOT_GONE.search(note)


def single(element: Element) -> Element:
    """What *element*, which runs from January on, grew by since the last report (本期数)."""
    return replace(
        element,
        code=element.code + _SINGLE,
        name=f"{element.name}（本期数）",
        zone_only=True,
        definition="上期报送以后到报告期末新增的数，全区合计。上期累计＋本期数＝本期累计。",
    )


def summed(code: str) -> str:
    """The element of which *code* is what it grew by; "" where it is no such number."""
    return code.removesuffix(_SINGLE) if code.endswith(_SINGLE) else ""
