"""The bulletin's own page (正文): official phrasing, every number from a judgement."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from wyexcel import fitting
from wyexcel.criteria import Status
from wyexcel.display import show
from wyexcel.lagging import behind, shortfall
from wyexcel.looks import LOOKS
from wyexcel.period import Period
from wyexcel.plan import Kind, NoTarget, Plan
from wyexcel.sheet import Cell, Page, Part, Row, Sheet
from wyexcel.standing import Standing

NAME: Final = "正文"
WIDTH: Final = 156.0
"""The type area of GB/T 9704—2012 in mm (版心 156×225)."""
_INDENT: Final = "　　"
_PERCENT: Final = 100
_PARAGRAPH: Final = 27.0 * 6

_ON_COURSE: Final = frozenset(
    {Status.DONE, Status.REACHED, Status.REACHED_SO_FAR, Status.AHEAD, Status.ON_PACE}
)
_GROUPS: Final[Sequence[tuple[str, frozenset[Status]]]] = (
    ("达到时序（达标）", _ON_COURSE),
    ("欠进度", frozenset({Status.BEHIND})),
    ("接近目标", frozenset({Status.CLOSE})),
    ("未达标或严重欠进度", frozenset({Status.MISSED, Status.FAR_BEHIND})),
    ("未到节点", frozenset({Status.NOT_DUE})),
    ("未报", frozenset({Status.UNREPORTED})),
    ("口径待确认", frozenset({Status.UNCONFIRMED})),
    ("缺基期数不评", frozenset({Status.NO_BASELINE})),
)
_ALWAYS: Final = frozenset({"达到时序（达标）", "欠进度", "未达标或严重欠进度"})


def page(
    standings: Sequence[Standing], missing: Sequence[str], plan: Plan, period: Period
) -> Sheet:
    """The text of the bulletin, a paragraph a row, on A4 as GB/T 9704—2012 lays it out."""
    rows = (
        _paragraph(Part.SALUTATION, plan.settings.document_no or _number_to_come(period)),
        _paragraph(Part.TITLE, _title(period), least=60),
        _paragraph(Part.SALUTATION, "各责任单位："),
        _paragraph(Part.PROSE, _occasion(plan, period)),
        *_section("一、总体情况", [overall(standings, period)]),
        *_section("二、主要指标", _packed(sentence(s) for s in standings)),
        *_section("三、分园区情况", _parks(standings, plan)),
        *_section("四、存在问题", _problems(standings, missing)),
        *_section("五、下一步要求", _REQUIREMENTS),
        _paragraph(
            Part.PROSE,
            f"{_INDENT}附件：1.目标任务完成情况表\n　　　　　2.分园区情况表"
            "\n　　　　　3.欠进度事项清单",
        ),
        _paragraph(Part.SIGNATURE, plan.settings.issuer),
        _paragraph(Part.SIGNATURE, f"{period.end.year}年　　月　　日"),
    )
    return Sheet(
        name=NAME,
        rows=rows,
        widths=(WIDTH,),
        page=Page(orientation="portrait", left=28, right=26, top=37, bottom=35),
    )


def _paragraph(part: Part, text: str, *, least: float = 27.0) -> Row:
    needed = fitting.height([(text, LOOKS[part].size, WIDTH)], least=least)
    return Row((Cell(value=text, part=part),), needed)


def _section(heading: str, paragraphs: Iterable[str]) -> list[Row]:
    rows = [_paragraph(Part.PROSE_HEADING, f"{_INDENT}{heading}")]
    return rows + [_paragraph(Part.PROSE, f"{_INDENT}{text}") for text in paragraphs]


def _packed(sentences: Iterable[str]) -> list[str]:
    """Sentences put together into paragraphs of some lines each."""
    paragraphs: list[str] = []
    for text in sentences:
        if paragraphs and fitting.ems(paragraphs[-1]) + fitting.ems(text) <= _PARAGRAPH:
            paragraphs[-1] += text
        else:
            paragraphs.append(text)
    return paragraphs


def _number_to_come(period: Period) -> str:
    """Where the office writes its number; the program never gives one."""
    return f"万园区办〔{period.end.year}〕×号"


def _title(period: Period) -> str:
    return f"关于{period.name}工业园区高质量发展目标任务完成情况的通报"


def _occasion(plan: Plan, period: Period) -> str:
    what = period.name.removeprefix(f"{period.year}年")
    return (
        f"{_INDENT}按照《{plan.title}》“月调度、季通报、年考核”要求，"
        f"现将{what}目标任务完成情况通报如下。"
    )


def overall(standings: Sequence[Standing], period: Period) -> str:
    """How many indicators stand how; the counts add up to all of them."""
    no_target = _count(standings, {Status.NO_TARGET})
    no_task = _count(standings, {Status.NO_TASK, Status.EARLY})
    rest = len(standings) - no_target - no_task
    groups = [(name, _count(standings, statuses)) for name, statuses in _GROUPS]
    parts = "、".join(f"{name}{n}项" for name, n in groups if n or name in _ALWAYS)
    return (
        f"截至{period.month}月底（时序进度{show(_PERCENT * period.elapsed, 1)}%），"
        f"{len(standings)}项指标中，不设目标{no_target}项、当年无任务{no_task}项，"
        f"其余{rest}项中{parts}。"
    )


def _count(standings: Sequence[Standing], statuses: Iterable[Status]) -> int:
    wanted = set(statuses)
    return sum(standing.status in wanted for standing in standings)


def sentence(standing: Standing) -> str:
    """One indicator in one sentence."""
    indicator = standing.indicator
    if standing.actual is None:
        return f"{indicator.name}：{standing.status}。"
    value = f"{show(standing.actual, indicator.decimals)}{indicator.measure}"
    parts = (f"{indicator.name}{value}", _standing(standing), _year_on_year(standing))
    return "，".join(part for part in parts if part) + "。"


def _standing(standing: Standing) -> str:
    told: Mapping[Status, Callable[[Standing], str]] = {
        Status.NO_TARGET: lambda _: "不设目标",
        Status.NO_TASK: lambda _: "当年没有任务",
        Status.EARLY: lambda _: "当年没有任务，提前完成",
        Status.UNCONFIRMED: lambda _: "口径待确认，暂不评判",
        Status.NO_BASELINE: lambda s: f"为年度目标的{show(s.completion, 1)}%，缺基期数，不评进度",
        Status.NOT_DUE: lambda _: "未到考核节点",
        Status.REACHED_SO_FAR: lambda _: "已达到年度目标，以期末为准",
    }
    if standing.status in told:
        return told[standing.status](standing)
    kinds = {Kind.RATIO: _ratio, Kind.STOCK: _stock}
    return kinds.get(standing.indicator.kind, _amount)(standing)


def _ratio(standing: Standing) -> str:
    indicator = standing.indicator
    if not standing.gap or isinstance(standing.target, NoTarget):
        return "与目标持平"
    way = "高于" if standing.gap > 0 else "低于"
    points = f"{show(abs(standing.gap), indicator.decimals)}个百分点"
    return f"{way}目标（{show(standing.target, indicator.decimals)}%）{points}"


def _stock(standing: Standing) -> str:
    return f"净增进度{show(standing.net_completion, 1)}%，{_against_calendar(standing)}"


def _amount(standing: Standing) -> str:
    rate = f"完成年度目标的{show(standing.completion, 1)}%"
    return rate if standing.status is Status.DONE else f"{rate}，{_against_calendar(standing)}"


def _against_calendar(standing: Standing) -> str:
    gap = standing.gap_points
    if not gap:
        return "与时序进度持平"
    return f"{'超' if gap > 0 else '欠'}时序进度{show(abs(gap), 1)}个百分点"


def _year_on_year(standing: Standing) -> str:
    now, ago, indicator = standing.actual, standing.year_ago, standing.indicator
    if now is None or ago is None:
        return ""
    change = now - ago
    if not change:
        return "与上年同期持平"
    if indicator.kind is Kind.RATIO:
        points = f"{show(abs(change), indicator.decimals)}个百分点"
        return f"同比{'提高' if change > 0 else '下降'}{points}"
    if indicator.kind is Kind.FLOW and ago > 0:
        percent = show(abs(Fraction(change) / ago * _PERCENT), 1)
        return f"同比{'增长' if change > 0 else '下降'}{percent}%"
    amount = f"{show(abs(change), indicator.decimals)}{indicator.measure}"
    return f"同比{'增加' if change > 0 else '减少'}{amount}"


def _parks(standings: Sequence[Standing], plan: Plan) -> list[str]:
    told = [
        text
        for standing in standings
        if standing.indicator.kind in {Kind.FLOW, Kind.STOCK, Kind.RATIO}
        and (text := _by_park(standing, plan))
    ]
    return _packed(told) or ["分园区数据未报。"]


def _by_park(standing: Standing, plan: Plan) -> str:
    """One indicator park by park; "" where it is not split or nobody reported."""
    values = [standing.parks.get(park) for park in plan.parks]
    if all(value is None for value in values):
        return ""
    indicator = standing.indicator
    parts = (
        f"{park}{_shown(value, indicator.decimals, indicator.measure)}"
        for park, value in zip(plan.parks, values, strict=True)
    )
    return f"{indicator.name}：{'、'.join(parts)}。"


def _shown(value: Fraction | None, decimals: int, measure: str) -> str:
    return "未报" if value is None else f"{show(value, decimals)}{measure}"


def _problems(standings: Sequence[Standing], missing: Sequence[str]) -> list[str]:
    return [
        f"（一）进度滞后。{_late(standings)}",
        f"（二）数据报送。{_reporting(standings, missing)}",
    ]


def _late(standings: Sequence[Standing]) -> str:
    lagging = behind(standings)
    if not lagging:
        return "各项已评判指标均达到时序要求。"
    told = (f"{s.indicator.name}{shortfall(s)}（{'、'.join(s.indicator.units)}）" for s in lagging)
    return "；".join(told) + "。"


def _reporting(standings: Sequence[Standing], missing: Sequence[str]) -> str:
    disputed = [s.indicator.name for s in standings if s.disputed]
    parts = [f"{'、'.join(missing)}尚未报送合格报表"] if missing else ["各单位均已报送"]
    if disputed:
        parts.append(f"{'、'.join(disputed)}两家单位数据不一致，须核对后各自重报或出具说明")
    return "；".join(parts) + "。"


_REQUIREMENTS: Final = (
    "（一）对附件3所列事项，主报单位要会同核对单位查明原因、制定措施、明确完成时间，按要求报送。",
    "（二）各报送单位要按时、如实、完整填报，两家数据不一致的，下期报送前要核对一致。",
)
