"""The sheet 说明 of a form: written for the person who fills it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wyexcel.files.writing.sheet import Page, Part, Row, Sheet, row, spread
from wyexcel.files.writing.text_fit import fit_row
from wyexcel.findings import Level, Requirement, Severity
from wyexcel.forms.layout import Layout
from wyexcel.forms.supplement import SUPPLEMENT
from wyexcel.period import Period, chinese_date
from wyexcel.plan.plan import Plan
from wyexcel.plan.schedule import due

_WIDTHS: Final = (46.0, 24.0, 100.0)
_NAMED: Final = 33.0
"""Points for the lines that name the unit: room for any name, so that it alone tells them apart."""
_PAGES: Final = 2
"""How many it takes at most, the two sides of a sheet: printed smaller where it is longer."""

_CELLS: Final = "只填浅黄色格，灰色格和表头不要改；不要插入、删除、移动行列，不要改工作表名称。"
_MONEY: Final = "元"
_TEN_THOUSANDS: Final = "万元"
_EXAMPLE: Final = "，不填亿元。例如 17.6 亿元，填 176000"
_NUMBERS: Final = (
    (
        "没有发生的填 0。不掌握的在“状态”列选“不详”，本单位不适用的选“不适用”，"
        "并在“说明”栏写明原因。空着不填，会当作未报退回。"
    ),
    "格里只填数字，不写“14户”“约14”“24亿元”，也不填“/”“—”“无”。要解释的话写在“说明”栏。",
    "比率（占比、强度）不用填，由系统用分子除以分母计算。分子、分母要同时填。",
    (
        "有名单的指标，一行填一个项目（企业、平台），个数按名单数出，同一代码只计一次。"
        "“本期累计”里的个数可以不填；填了就要和名单一致。没有的填 0，名单空着。"
    ),
)
_BESIDE: Final = (
    "{optional}可以不填。欠进度的指标，请在“补充”表写明原因、措施和预计完成时间；"
    "其余各数填了就用来核对。“补充”表里自动计算的格不要改。"
)
_DONE: Final = (
    (
        "填完写上填表人、审核人、联系电话；数还没有最后审定的，“数据性质”选“快报”，不选按正式数。"
        "保存为 .xlsx 发回。文件名随意。"
        "发现报错了，改好后再发一份，以后收到的为准。"
    ),
)
_SPLIT: Final = (
    "本单位分园区填报：{parks}各填各的；{buckets}没有的填 0。"
    "“全区合计”已分园区填的可以不填，填了就要等于各栏相加；写明“只填全区”的指标只填这一栏。"
)
_MISTAKES: Final = (
    "把亿元当成万元填（差一万倍），或把元当成万元填。",
    "只填了当季数，没有填 1 月起的累计数。",
    "改完数没有存盘，或者从别的表粘贴时把公式也粘了过来：请用“选择性粘贴—数值”。",
    "输入 3-5 之类被自动变成日期：先把单元格格式改回数值再填。",
    "名单里漏填项目代码或日期；日期不在本年内的不计入本年。",
)
_WEIGHT: Final = {
    Severity.BLOCK: "不能收，退回",
    Severity.ERROR: "必须改，退回",
    Severity.REVIEW: "请核实并说明",
}
_TRIAL: Final = "试行，只提示"


def guide(
    form: Layout, unit: str, plan: Plan, period: Period, *, rules: Sequence[Requirement]
) -> Sheet:
    """What to fill, until when, how, what goes wrong, which *rules* apply, and whom to call."""
    rows = (
        spread(Part.TITLE, "填报说明", len(_WIDTHS), height=36),
        *_section("一、报什么，报到什么时候", _what(form, unit, plan, period), least=_NAMED),
        *_section(
            "二、怎么填",
            tuple(_how(form, plan)),
        ),
        *_section("三、常见的错", _MISTAKES),
        *_definitions(form),
        *_checks(rules, plan.settings.levels),
    )
    page = Page(orientation="portrait", left=20, right=20, pages_tall=_PAGES)
    return Sheet(
        name="说明", rows=rows, widths=_WIDTHS, page=page, protected=True, inline_strings=True
    )


def _what(form: Layout, unit: str, plan: Plan, period: Period) -> Iterator[str]:
    day = due(plan, period)
    compiler = plan.unit_named(plan.settings.compiler)
    phone = f"，电话 {compiler.phone}" if compiler and compiler.phone else ""
    yield (
        f"请{unit}填报“填报”表和名单，共 {len(form.main.rows)} 项，"
        f"反映 {period.title}的情况，{chinese_date(day)}前报送。"
    )
    yield f"报送和咨询：{plan.settings.compiler}{phone}。"


def _how(form: Layout, plan: Plan) -> Iterator[str]:
    yield _CELLS
    yield f"{_amounts(plan)}。"
    yield from _NUMBERS
    yield _BESIDE.format(optional=_optional(plan))
    yield from _DONE
    if form.main.split:
        yield _SPLIT.format(parks="、".join(plan.parks), buckets=_buckets(plan))


def _amounts(plan: Plan) -> str:
    """In which measure to fill amounts, and from when to when they run."""
    running = "填 1 月 1 日到报告期末的累计数，不填当月数"
    measures = dict.fromkeys(e.measure for e in plan.elements if e.measure.endswith(_MONEY))
    if not measures:
        return running
    usual, *others = measures
    besides = f"（另注明{'、'.join(others)}的除外）" if others else ""
    example = _EXAMPLE if usual == _TEN_THOUSANDS else ""
    return f"金额都填{usual}{besides}，{running}{example}"


def _optional(plan: Plan) -> str:
    """The sheets that may be left blank."""
    rosters = [f"“{element.sheet}”" for element in plan.supplements if element.listed]
    return f"“{SUPPLEMENT}”表和{'、'.join(rosters)}名单都" if rosters else f"“{SUPPLEMENT}”表"


def _buckets(plan: Plan) -> str:
    """What is filled where no park is meant."""
    uses = [f"{plan.bucket_uses.get(bucket, '其余的')}填“{bucket}”" for bucket in plan.buckets]
    return f"{'，'.join(uses)}；" if uses else ""


def _section(
    title: str, lines: Iterator[str] | tuple[str, ...], *, least: float = 0
) -> Iterator[Row]:
    yield spread(Part.SUBTITLE, title, len(_WIDTHS), height=28)
    for number, line in enumerate(lines, 1):
        text = f"{number}. {line}"
        yield fit_row(spread(Part.NOTE, text, len(_WIDTHS)).cells, _WIDTHS, least=least)


def _definitions(form: Layout) -> Iterator[Row]:
    yield spread(Part.SUBTITLE, "四、每个数是什么意思", len(_WIDTHS), height=28)
    yield row(Part.HEADING, "数据要素", "计量单位", "口径", height=22)
    for line in form.main.rows:
        e = line.element
        yield fit_row(row(Part.TEXT, e.name, e.measure, e.definition).cells, _WIDTHS)


def _checks(rules: Sequence[Requirement], levels: Mapping[str, Level]) -> Iterator[Row]:
    """What is looked at when the form comes in, a paragraph for each way in which it weighs."""
    yield spread(Part.SUBTITLE, "五、收到后查什么", len(_WIDTHS), height=20)
    for meaning, group in _by_weight(rules, levels).items():
        if group:
            words = "；".join(f"{rule.holds}（{rule.code}）" for rule in group)
            cells = spread(Part.NOTE, f"{meaning}：{words}。", len(_WIDTHS)).cells
            yield fit_row(cells, _WIDTHS)


def _by_weight(
    rules: Sequence[Requirement], levels: Mapping[str, Level]
) -> Mapping[str, Sequence[Requirement]]:
    """*rules* by what happens where they do not hold; what only informs is left out."""
    ranked = sorted(rules, key=lambda rule: rule.code)
    groups = {meaning: list[Requirement]() for meaning in (*_WEIGHT.values(), _TRIAL)}
    for rule in ranked:
        level = levels.get(rule.code)
        severity = level.at_most(rule.severity) if level else rule.severity
        if level is Level.TRIAL:
            groups[_TRIAL].append(rule)
        elif severity in _WEIGHT:
            groups[_WEIGHT[severity]].append(rule)
    return groups
