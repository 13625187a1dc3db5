"""A small invented plan: another town, two parks, three units, six indicators, codes of its own.

Rules are tried on it, so that a change in the official plan does not touch their tests. It has one
of everything that a rule looks at: a stock with what came and went, an amount, two ratios, a name
list with a floor, a number of the zone alone, a roster that may be left blank.
"""

from typing import Any, Final

from tests.support.forms import Answers
from wyexcel.forms import layout
from wyexcel.forms.asked import ElementNumber
from wyexcel.period import Period
from wyexcel.plan import official

TEXT: Final = """
title = "临江县产业新城两年行动计划（2031—2032年）"
version = "定稿"
source = "《临江县产业新城两年行动计划》附表"
years = [2031, 2032]
breakdown = "新城办"
parks = ["江北", "江南"]
buckets = ["江心洲"]

[settings]
compiler = "县统计局"
issuer = "临江县人民政府办公室"

[wording]
desk = "临江县产业新城调度台"
form = "临江县产业新城经济指标填报表"
table = "临江县产业新城主要指标表"
bulletin = "产业新城\\n主要指标"
letters = "产业新城\\n主要指标"
occasion = "按季调度"
number = "临府办函〔年份〕×号"

[place_notes]
"江北" = "江北片区：装备制造"

[bucket_uses]
"江心洲" = "两个片区以外的"

[annex]
title = "临江县产业新城主要指标分年任务"
measures = "单位：亿元、户、%、个、万千瓦时"
note = "备注：签约项目指当年新增数"

[units]
A1 = "县统计局"
A2 = "新城办"
A3 = "县招商局"

[[indicators]]
no = 1
name = "在册企业"
measure = "户"
kind = "期末数"
targets = [40, 50]
units = ["县统计局", "新城办"]
numerator = ["FIRMS"]

[[indicators]]
no = 2
name = "工业产值"
measure = "亿元"
kind = "累计额"
targets = [8, 10]
units = ["县统计局", "新城办"]
numerator = ["OUT"]
scale = "1/10000"
decimals = 2

[[indicators]]
no = 3
name = "两业产值占比"
measure = "%"
kind = "比率"
targets = [60, 65]
units = ["新城办"]
numerator = ["MACH", "FOOD"]
denominator = ["OUT"]
also = ["TOYS"]
scale = "100"
decimals = 1
tolerance = 1

[[indicators]]
no = 4
name = "税收占销售比重"
measure = "%"
kind = "比率"
targets = [4, 5]
units = ["新城办", "县统计局"]
numerator = ["TAX"]
denominator = ["SALES"]
scale = "100"
decimals = 2
sensible = [0.5, 30]

[[indicators]]
no = 5
name = "新签约项目"
measure = "个"
kind = "当年新增数"
targets = [4, 4]
units = ["县招商局", "新城办"]
numerator = ["DEALS"]

[[indicators]]
no = 6
name = "工业用电量"
measure = "万千瓦时"
kind = "累计额"
targets = ["/", "/"]
units = ["县招商局"]
numerator = ["POWER"]

[[elements]]
code = "FIRMS"
name = "在册企业数"
measure = "户"
kind = "期末数"
decimals = 0

[[elements]]
code = "OUT"
name = "工业产值"
measure = "万元"
kind = "累计额"
definition = "全部工业企业的产值。"

[[elements]]
code = "MACH"
name = "机械业产值"
measure = "万元"
kind = "累计额"

[[elements]]
code = "FOOD"
name = "食品业产值"
measure = "万元"
kind = "累计额"

[[elements]]
code = "TOYS"
name = "玩具业产值"
measure = "万元"
kind = "累计额"

[[elements]]
code = "SALES"
name = "销售收入"
measure = "万元"
kind = "累计额"

[[elements]]
code = "TAX"
name = "入库税收"
measure = "万元"
kind = "累计额"

[[elements]]
code = "DEALS"
name = "签约项目"
measure = "个"
kind = "当年新增数"
decimals = 0
sheet = "签约"
least = 500
least_words = "500万元以上"
[elements.columns]
name = "项目"
id = "合同号"
park = "落地片区"
date = "签约日"
amount = "合同额（万元）"
note = "备注"

[[elements]]
code = "POWER"
name = "工业用电量"
measure = "万千瓦时"
kind = "累计额"
zone_only = true

[[elements]]
code = "FIRMS-START"
name = "年初在册企业数"
measure = "户"
kind = "期末数"
decimals = 0
zone_only = true
beside = "FIRMS"

[[elements]]
code = "FIRMS-IN"
name = "本年新增企业数"
measure = "户"
kind = "期末数"
decimals = 0
zone_only = true
beside = "FIRMS"

[[elements]]
code = "FIRMS-OUT"
name = "本年注销企业数"
measure = "户"
kind = "期末数"
decimals = 0
zone_only = true
beside = "FIRMS"

[[elements]]
code = "EXPORTERS"
name = "出口企业数"
measure = "户"
kind = "期末数"
decimals = 0
zone_only = true
beside = "FIRMS"

[[elements]]
code = "ROSTER"
name = "在册企业"
measure = "户"
kind = "期末数"
decimals = 0
beside = "FIRMS"
sheet = "企业名册"
off_word = "注销"
[elements.columns]
name = "企业"
id = "信用代码"
park = "片区"
date = "登记日"
amount = "产值（万元）"
note = "备注"

[[relations]]
kind = "不大于"
elements = ["TAX", "SALES"]

[[relations]]
kind = "相加不大于"
elements = ["MACH", "FOOD", "TOYS", "OUT"]
holds = "三业产值相加不大于工业产值"

[[relations]]
kind = "期初加减得期末"
elements = ["FIRMS-START", "FIRMS-IN", "FIRMS-OUT", "FIRMS"]
names = ["年初", "新增", "注销", "在册"]

[[relations]]
kind = "比值稳定"
elements = ["SALES", "OUT"]
names = ["销售", "产值"]

[[relations]]
kind = "依次不大于"
elements = ["EXPORTERS", "FIRMS"]

[[bands]]
method = "达成率"
lower = 100
status = "达进度"

[[bands]]
method = "达成率"
lower = 70
upper = 100
status = "欠进度"

[[bands]]
method = "达成率"
upper = 70
status = "严重欠进度"
"""

PLAN: Final = official.parse(TEXT)
PERIOD: Final = Period(2031, 6)
STATISTICS: Final = "县统计局"
NEW_TOWN: Final = "新城办"
"""The one unit that splits its numbers over the parks (分园区数据来源)."""
INVESTMENT: Final = "县招商局"
WHOLE: Final = "全区"
PLACES: Final = PLAN.places

_IN_A_PLACE: Final = {
    "FIRMS": 10,
    "OUT": 10_000,
    "MACH": 4_000,
    "FOOD": 2_000,
    "TOYS": 1_000,
    "SALES": 12_000,
    "TAX": 600,
}
"""What there is in each park and bucket; the zone has three times as much."""

DEALS: Final = (
    ("齿轮", "临-1", "江北", "2031-03-05", 800),
    ("面粉", "临-2", "江南", "2031-06-30", 500),
)
"""Two projects that count: name, contract, park, day, amount."""


def good(unit: str = NEW_TOWN) -> dict[tuple[str, str], Any]:
    """What *unit* types into its number cells where nothing is wrong, by element and park."""
    numbers: dict[tuple[str, str], Any] = {}
    for slot in layout.layout(PLAN, unit, PERIOD).slots:
        if isinstance(slot.asks, ElementNumber) and slot.asks.element not in PLAN.extra:
            element, park = slot.asks.element, slot.asks.park
            numbers[element, park] = _number(element, park, unit)
    return numbers


def _number(code: str, park: str, unit: str) -> int | None:
    if code in _IN_A_PLACE and unit == NEW_TOWN:
        return None if park == WHOLE else _IN_A_PLACE[code]
    if code in _IN_A_PLACE:
        return _IN_A_PLACE[code] * len(PLACES)
    return len(DEALS) if code == "DEALS" else 90


def answers(unit: str = NEW_TOWN, **fields: Any) -> Answers:
    """The form of *unit* as it comes back with nothing wrong in it, but for the *fields* given.

    What is `typed` goes over the good numbers; the name list holds two projects that count.
    """
    lists = {"DEALS": DEALS} | dict(fields.pop("lists", {}))
    typed = {**good(unit), **fields.pop("typed", {})}
    return Answers(unit=unit, plan=PLAN, period=PERIOD, typed=typed, lists=lists, **fields)


def at(element: str, park: str = WHOLE, unit: str = NEW_TOWN) -> str:
    """The address of a number cell on the form of *unit*."""
    slots = layout.layout(PLAN, unit, PERIOD).slots
    return next(s.cell for s in slots if s.asks == ElementNumber(element, park))
