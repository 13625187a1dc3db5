"""The official table as a person copies it: eleven indicators, who answers for them, what they are.

Numbers as in 附件 of the plan and domain.md A1, A4, A5; the parks, units and words of the forms.
"""

from fractions import Fraction
from typing import NamedTuple

YEARS = (2025, 2026, 2027)
WHOLE = "全区"
PARKS = ("白沙", "官渡", "青花")
PLACES = (*PARKS, "区内园外", "未分园区")
COMMITTEE = "市工业园区管委会"
INDUSTRY = "市经信局"
SCIENCE = "市科技局"
TRADE = "市商务局"
INVESTMENT = "市投促中心"
UNITS = (INDUSTRY, COMMITTEE, SCIENCE, INVESTMENT, TRADE)

TEN_THOUSAND = Fraction(1, 10_000)
HUNDRED = Fraction(100)


class Indicator(NamedTuple):
    """One row: `kind` is flow, count, stock or ratio; `scale` turns what is filled into print."""

    no: int
    kind: str
    measure: str
    decimals: int
    targets: tuple[str, str, str]
    units: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...] = ()
    scale: Fraction = Fraction(1)
    tolerance: Fraction = Fraction(0)
    remark: str = ""

    def target(self, year: int) -> Fraction | None:
        """The target of *year*; None where it is `/`."""
        text = self.targets[YEARS.index(year)]
        return None if text == "/" else Fraction(text)

    @property
    def elements(self) -> tuple[str, ...]:
        """What is put together for it."""
        return self.above + self.below


_BOTH = (INDUSTRY, COMMITTEE)

TABLE = (
    Indicator(1, "stock", "户", 0, ("14", "17", "20"), _BOTH, ("C01",)),
    Indicator(2, "flow", "亿元", 2, ("24", "31", "37"), _BOTH, ("C02",), scale=TEN_THOUSAND),
    Indicator(
        *(3, "ratio", "%", 2, ("85", "85", "85"), (COMMITTEE,)),
        *(("C03a", "C03b", "C03c"), ("C04",), HUNDRED, Fraction(1)),
    ),
    Indicator(4, "flow", "亿元", 2, ("42", "71", "100"), _BOTH, ("C05",), scale=TEN_THOUSAND),
    Indicator(5, "count", "个", 0, ("0", "0", "1"), _BOTH, ("C11",)),
    Indicator(6, "count", "个", 0, ("0", "0", "1"), (SCIENCE, INDUSTRY), ("C12",)),
    Indicator(
        *(7, "ratio", "%", 3, ("0.22", "0.23", "0.24"), (SCIENCE, COMMITTEE)),
        *(("C07",), ("C06",), HUNDRED, Fraction("0.005")),
        "季度值为快报口径（研发费用÷营业收入），年度以统计部门公布的研发经费数为准。",
    ),
    Indicator(8, "count", "个", 0, ("8", "8", "8"), _BOTH, ("C09",)),
    Indicator(9, "count", "个", 0, ("1", "2", "2"), (INVESTMENT, INDUSTRY), ("C10",)),
    Indicator(10, "flow", "万美元", 2, ("/", "/", "/"), (INVESTMENT,), ("C13",)),
    Indicator(
        *(11, "flow", "亿元", 4, ("0", "0.001", "0.002"), (TRADE, COMMITTEE), ("C14",)),
        scale=TEN_THOUSAND,
    ),
)


class Element(NamedTuple):
    """Something that units fill in: its name, measure and how it is asked for."""

    name: str
    measure: str
    units: tuple[str, ...]
    listed: bool = False
    zone_only: bool = False

    @property
    def is_count(self) -> bool:
        """Whether two units must agree exactly."""
        return self.measure in {"户", "个"}


ELEMENTS = {
    "C01": Element("规上工业企业数", "户", _BOTH),
    "C02": Element("规上工业总产值", "万元", _BOTH),
    "C03a": Element("农产品加工产业产值", "万元", (COMMITTEE,)),
    "C03b": Element("绿色建材产业产值", "万元", (COMMITTEE,)),
    "C03c": Element("能源产业产值", "万元", (COMMITTEE,)),
    "C03d": Element("清洁能源产业产值", "万元", (COMMITTEE,)),
    "C04": Element("园区工业总产值", "万元", (COMMITTEE,)),
    "C05": Element("园区营业收入", "万元", _BOTH),
    "C06": Element("规上工业营业收入", "万元", (SCIENCE, COMMITTEE)),
    "C07": Element("研发费用", "万元", (SCIENCE, COMMITTEE)),
    "C09": Element("总投资2000万元以上竣工项目", "个", _BOTH, listed=True),
    "C10": Element("总投资10亿元以上新招引项目", "个", (INVESTMENT, INDUSTRY), listed=True),
    "C11": Element("省市级先进制造业集群（产业新赛道）认定", "个", _BOTH, listed=True),
    "C12": Element("省级以上研发机构和平台认定", "个", (SCIENCE, INDUSTRY), listed=True),
    "C13": Element("实际使用外资", "万美元", (INVESTMENT,), zone_only=True),
    "C14": Element("进出口总额", "万元", (TRADE, COMMITTEE), zone_only=True),
}

BANDS = {
    "达成率": ((110, "超进度"), (100, "达进度"), (80, "欠进度"), (None, "严重欠进度")),
    "百分点": (
        *((10, "超进度"), (0, "达进度"), (-10, "接近"), (-30, "欠进度")),
        (None, "严重欠进度"),
    ),
}
"""From where on each status begins, in percent of what was due or in percentage points."""
