"""The text of the bulletin (通报) as paragraphs, each with an id and the numbers that it tells.

One model feeds the Word file and the sheet 正文: what a hand changes in either is known again by
the ids, and asked about where a number behind it changed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from wyexcel.files.number_display import format_number
from wyexcel.files.writing.official.official_document import (
    OfficialDocument,
    OfficialParagraph,
    Piece,
    Style,
    Voice,
)
from wyexcel.period import MONTHS, Period, chinese_date
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Plan
from wyexcel.plan.status import LAGGING, Status
from wyexcel.progress.standing import Standing
from wyexcel.reports.lagging import lagging_in_order, missing_quantity
from wyexcel.reports.quarterly.indicator_sentences import indicator_sentence, parks_sentence

_PERCENT: Final = 100
_BLANK_DAY: Final = "{}年　　月　　日"
_OFFICE: Final = "办公室"
_ANNEXES: Final = ("目标任务完成情况表", "分园区情况表", "欠进度事项清单")
_FACTS: Final[Mapping[str, re.Pattern[str]]] = {
    "完成率": re.compile(r"(?:完成年度目标|净增进度)([0-9.]+%)"),
    "应达": re.compile(r"应达([0-9.]+[^，。]*)"),
    "超欠": re.compile(r"(?:超|欠)(?:时序进度|计划进度|时序|计划)?([0-9.]+[^，。]*)"),
    "同比": re.compile(r"同比..([0-9.]+[^，。]*)"),
}
"""The numbers of an indicator's sentence beside its value, by what they are called."""

_ON_COURSE: Final = frozenset(
    {Status.DONE, Status.REACHED, Status.REACHED_SO_FAR, Status.AHEAD, Status.ON_PACE}
)
_JUDGED: Final = _ON_COURSE | LAGGING
_NO_TASK: Final = frozenset({Status.NO_TASK, Status.EARLY})
_GROUPS: Final[Sequence[tuple[str, frozenset[Status]]]] = (
    ("达到时序（达标）", _ON_COURSE),
    ("欠进度", frozenset({Status.BEHIND})),
    ("接近目标", frozenset({Status.CLOSE})),
    ("未达标或严重欠进度", frozenset({Status.MISSED, Status.FAR_BEHIND})),
    ("未到节点", frozenset({Status.NOT_DUE})),
    ("未报", frozenset({Status.UNREPORTED})),
    ("口径待确认", frozenset({Status.UNCONFIRMED})),
    ("不适用", frozenset({Status.NOT_APPLICABLE})),
    ("缺基期不评", frozenset({Status.NO_BASELINE})),
)
_ALWAYS: Final = frozenset({"达到时序（达标）", "欠进度", "未达标或严重欠进度"})
_WENT_BACK: Final = "已退回，尚未改正重报"


def bulletin_document(
    standings: Sequence[Standing],
    missing: Sequence[str],
    plan: Plan,
    period: Period,
    *,
    revised: str = "",
) -> OfficialDocument:
    """The bulletin on *standings*; *missing* are the units without an accepted form.

    *revised* is what was changed since the period was first published (修订说明).
    """
    details, settings = plan.settings.issue_of(period), plan.settings
    blank = _BLANK_DAY.format(_year_of_issue(period))
    return OfficialDocument(
        text=(
            *_opening(plan, period),
            *_section("overall", "一、总体情况。", _overall(standings, period, revised)),
            *_section("indicators", "二、主要指标。", _indicators(standings)),
            *_section("parks", "三、分园区情况。", _parks(standings, plan)),
            *_section("problems", "四、存在问题。", _problems(standings, missing)),
            *_section("next", "五、下一步要求。", _requirements(standings, plan)),
        ),
        annexes=_ANNEXES,
        signature=settings.issuer,
        day=chinese_date(details.signed) if details.signed else blank,
        copies=settings.copies,
        printer=settings.printer or f"{settings.issuer}{_OFFICE}",
        printed=f"{chinese_date(details.printed) if details.printed else blank}印发",
        about=str(period),
    )


class _Words(NamedTuple):
    """One paragraph of a section: what tells it from the others, its lead, and its sentences."""

    name: str
    sentences: Sequence[str]
    lead: str = ""
    facts: Mapping[str, str] = MappingProxyType({})


def _opening(plan: Plan, period: Period) -> tuple[OfficialParagraph, ...]:
    number = plan.settings.issue_of(period).number or _number(plan, period)
    return (
        _plain("number", Style.NUMBER, number),
        _plain("title", Style.TITLE, _title(plan, period)),
        _plain("salutation", Style.SALUTATION, "各责任单位："),
        _plain("occasion", Style.BODY, _occasion(plan, period)),
    )


def _plain(id_: str, style: Style, text: str) -> OfficialParagraph:
    return OfficialParagraph(id=id_, style=style, pieces=(Piece(text),))


def _section(section: str, heading: str, words: Iterable[_Words]) -> Iterator[OfficialParagraph]:
    """Every paragraph of the section that says something, the first with the heading before it."""
    before = [Piece(heading, Voice.HEADING)]
    for one in words:
        if one.sentences:
            lead = [Piece(one.lead, Voice.LEAD)] if one.lead else []
            yield OfficialParagraph(
                id=f"{section}.{one.name}",
                pieces=(*before, *lead, Piece("".join(one.sentences))),
                facts=dict(one.facts),
            )
            before = []


def _number(plan: Plan, period: Period) -> str:
    """Where the office writes its number; the program never gives one."""
    return plan.wording.document_number(_year_of_issue(period))


def _year_of_issue(period: Period) -> int:
    """The year in which it is signed; the bulletin of a whole year is signed in the next one."""
    return (period.end + timedelta(days=1)).year


def _title(plan: Plan, period: Period) -> str:
    return f"关于{period.name}{plan.wording.bulletin}完成情况的通报"


def _occasion(plan: Plan, period: Period) -> str:
    whole_year = period.month == MONTHS
    what = period.name if whole_year else period.name.removeprefix(f"{period.year}年")
    return f"{plan.wording.according_to(plan.title)}，现将{what}目标任务完成情况通报如下。"


def _overall(standings: Sequence[Standing], period: Period, revised: str) -> Iterator[_Words]:
    yield _Words("counts", [overall_sentence(standings, period)])
    if revised:
        yield _Words("revised", [f"{revised}。"])


def overall_sentence(standings: Sequence[Standing], period: Period) -> str:
    """How many indicators have which status; the counts add up to all of them."""
    no_target = _count(standings, {Status.NO_TARGET})
    no_task = _count(standings, _NO_TASK)
    rest = len(standings) - no_target - no_task
    groups = [(name, _count(standings, statuses)) for name, statuses in _GROUPS]
    pace = _pace_name(standings)
    parts = "、".join(
        f"{name.replace('时序', pace)}{n}项" for name, n in groups if n or name in _ALWAYS
    )
    return (
        f"截至{period.month}月底（时序进度{format_number(_PERCENT * period.elapsed, 1)}%），"
        f"{len(standings)}项指标中，不设目标{no_target}项、当年无任务{no_task}项，"
        f"其余{rest}项中{parts}。"
    )


def _pace_name(standings: Sequence[Standing]) -> str:
    """What indicators are held against: 时序, or 进度 where the office's own plan is among it."""
    return "进度" if any(s.planned for s in standings if s.status in _JUDGED) else "时序"


def _count(standings: Sequence[Standing], statuses: Iterable[Status]) -> int:
    wanted = set(statuses)
    return sum(standing.status in wanted for standing in standings)


def _indicators(standings: Sequence[Standing]) -> Iterator[_Words]:
    """What is on course, what lags, and the rest; a sentence for each indicator that has a number.

    One without a number has the reason that its unit gave, or is named as not reported.
    """
    groups: dict[str, list[Standing]] = {"good": [], "lagging": [], "others": []}
    for standing in standings:
        if standing.actual is not None:
            groups[_group(standing)].append(standing)
    leads = _leads([name for name, group in groups.items() if group])
    for name, group in groups.items():
        sentences = [indicator_sentence(standing) for standing in group]
        if name == "others":
            sentences += _without_number(standings)
        yield _Words(name, sentences, leads.get(name, ""), _facts(group))


_LEADS: Final = {"good": "进展较好的。", "lagging": "进度滞后的。", "others": "其他指标。"}


def _leads(names: Sequence[str]) -> Mapping[str, str]:
    """What each group begins with, numbered; nothing where there is one alone."""
    if len(names) < 2:  # noqa: PLR2004 - one group needs no name
        return {}
    return {name: f"（{'一二三'[n]}）{_LEADS[name]}" for n, name in enumerate(names)}


def _group(standing: Standing) -> str:
    if standing.status in LAGGING:
        return "lagging"
    return "good" if standing.status in _ON_COURSE else "others"


def _facts(standings: Iterable[Standing]) -> Mapping[str, str]:
    """The numbers of the sentences on *standings*, by the indicator and what they are."""
    facts: dict[str, str] = {}
    for standing in standings:
        name, sentence = standing.indicator.name, indicator_sentence(standing)
        facts[name] = sentence.removeprefix(name).partition("，")[0]
        for what, pattern in _FACTS.items():
            if found := pattern.search(sentence):
                facts[f"{name}{what}"] = found[1]
    return facts


def _without_number(standings: Sequence[Standing]) -> list[str]:
    """A sentence for each indicator that is excused, then one for those of which nothing came."""
    without = [s for s in standings if s.actual is None]
    exempt = [s.indicator.name for s in without if s.status is Status.NOT_DUE]
    excused = [s for s in without if s.excuse or s.status is Status.NOT_APPLICABLE]
    blank = [s for s in without if s.status is Status.UNREPORTED and s not in excused]
    back = [s.indicator.name for s in blank if s.indicator.lead in s.returned]
    silent = [s.indicator.name for s in blank if s.indicator.lead not in s.returned]
    lists = {"1月免报": exempt, "未报": silent, _WENT_BACK: back}
    return [
        *(f"{s.indicator.name}：{s.reason}" for s in excused),
        *(f"{'、'.join(names)}{what}。" for what, names in lists.items() if names),
    ]


def _parks(standings: Sequence[Standing], plan: Plan) -> Iterator[_Words]:
    sentences = [
        text
        for s in standings
        if s.indicator.kind in {Kind.FLOW, Kind.STOCK, Kind.RATIO}
        and (text := parks_sentence(s, plan.parks))
    ]
    yield _Words("values", sentences or ["分园区数据未报。"])


def _problems(standings: Sequence[Standing], missing: Sequence[str]) -> Iterator[_Words]:
    late = [
        f"{s.indicator.name}{missing_quantity(s)}（{s.indicator.lead}）"
        for s in lagging_in_order(standings)
    ]
    lagging = [f"{text}；" for text in late[:-1]] + [f"{text}。" for text in late[-1:]]
    judged = any(standing.status in _JUDGED for standing in standings)
    on_course = f"已评判的指标均达到{_pace_name(standings)}要求。"
    none = on_course if judged else "本期没有可以评判的指标。"
    yield _Words("lagging", lagging or [none], "（一）进度滞后。")
    yield _Words("reporting", [_reporting(standings, missing)], "（二）数据报送。")


def _reporting(standings: Sequence[Standing], missing: Sequence[str]) -> str:
    disputed = [s.indicator.name for s in standings if s.disputed]
    returned = {unit for s in standings for unit in s.returned}
    back = [unit for unit in missing if unit in returned]
    silent = [unit for unit in missing if unit not in returned]
    parts = [
        f"{'、'.join(units)}{what}"
        for units, what in ((silent, "未报送合格报表"), (back, _WENT_BACK))
        if units
    ] or ["各单位均已报送"]
    if disputed:
        parts.append(f"{'、'.join(disputed)}两家单位数据不一致，待核")
    return "；".join(parts) + "。"


def _requirements(standings: Sequence[Standing], plan: Plan) -> Iterator[_Words]:
    reporting = "各报送单位要按时、如实、完整填报；两家数据不一致的，下期报送前核对一致。"
    if not lagging_in_order(standings):
        yield _Words("reporting", [reporting])
        return
    what = "附件3所列事项，主报单位会同核对单位说明原因、措施和完成时间"
    yield _Words("measures", [f"{what}，报{plan.settings.compiler}。"], "（一）")
    yield _Words("reporting", [reporting], "（二）")
