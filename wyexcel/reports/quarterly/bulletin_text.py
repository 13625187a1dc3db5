"""正文 of the bulletin: title, first paragraph, five sections, signature (GB/T 9704—2012)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from math import ceil
from typing import Final

from wyexcel.files.number_display import format_number
from wyexcel.files.writing import text_fit
from wyexcel.files.writing.looks import LOOKS
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet
from wyexcel.period import MONTHS, Period
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Plan
from wyexcel.plan.status import LAGGING, Status
from wyexcel.progress.standing import Standing
from wyexcel.reports.lagging import lagging_in_order, missing_quantity
from wyexcel.reports.quarterly.indicator_sentences import indicator_sentence, parks_sentence

NAME: Final = "正文"
WIDTH: Final = 156.0
HEIGHT: Final = 225.0
"""The type area of GB/T 9704—2012 in mm (版心 156×225)."""
PAGE: Final = Page(orientation="portrait", left=28, right=26, top=37, bottom=35)
_SLACK: Final = 12.0
"""Points left free at the foot of a page, for programs that lay out tighter; less than a row."""
_LINE: Final = 28
"""Characters in a line (每行 28 字)."""
_PARAGRAPH: Final = 4 * _LINE
_ENUMERATION: Final = 6 * _LINE
"""Most characters of a paragraph: short ones fill pages to the foot; one list may be longer."""
_INDENT: Final = "　　"
_PERCENT: Final = 100

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


def bulletin_text_sheet(
    standings: Sequence[Standing],
    missing: Sequence[str],
    plan: Plan,
    period: Period,
    *,
    revised: str = "",
) -> Sheet:
    """The text of the bulletin, a paragraph a row."""
    return Sheet(
        name=NAME,
        rows=text_fit.keep_blocks_whole(
            (
                _opening(plan, period),
                *_section("一、总体情况", _overall(standings, period, revised)),
                *_section("二、主要指标", _indicators(standings)),
                *_section("三、分园区情况", _parks(standings, plan)),
                *_section("四、存在问题", _problems(standings, missing)),
                *_ending(standings, plan, period),
            ),
            HEIGHT * text_fit.POINTS_PER_MM - _SLACK,
        ),
        widths=(WIDTH,),
        page=PAGE,
    )


def _paragraph(part: Part, text: str, *, least: float = 25.5) -> Row:
    needed = text_fit.row_height([(text, LOOKS[part].size, WIDTH)], least=least)
    return Row((Cell(value=text, part=part),), needed)


def _opening(plan: Plan, period: Period) -> tuple[Row, ...]:
    return (
        _paragraph(
            Part.DOCUMENT_NUMBER, plan.settings.issue_of(period).number or _number(plan, period)
        ),
        _paragraph(Part.TITLE, _title(plan, period), least=66),
        _paragraph(Part.SALUTATION, "各责任单位："),
        _paragraph(Part.PROSE, f"{_INDENT}{_occasion(plan, period)}"),
    )


def _section(heading: str, paragraphs: Iterable[str]) -> list[tuple[Row, ...]]:
    """The heading with its first paragraph, and every other paragraph by itself."""
    first, *others = [_paragraph(Part.PROSE, f"{_INDENT}{text}") for text in paragraphs]
    top = _paragraph(Part.PROSE_HEADING, f"{_INDENT}{heading}")
    return [(top, first), *((row,) for row in others)]


def _ending(
    standings: Sequence[Standing], plan: Plan, period: Period
) -> tuple[tuple[Row, ...], ...]:
    """The last section, kept together with annexes and signature (GB/T 9704—2012)."""
    *before, last = _section("五、下一步要求", _requirements(standings, plan))
    return (*before, (*last, _paragraph(Part.PROSE, _ANNEXES), *_signature(plan, period)))


def _joined_paragraphs(sentences: Iterable[str], most: int = _PARAGRAPH) -> list[str]:
    """Sentences in their order, joined to paragraphs of like length, *most* characters each."""
    texts = list(sentences)
    total = sum(map(text_fit.ems, texts))
    length = total / max(1, ceil(total / most))
    paragraphs: list[str] = []
    written = 0.0
    for text in texts:
        if not paragraphs or written >= length * len(paragraphs) - text_fit.ems(text) / 2:
            paragraphs.append("")
        paragraphs[-1] += text
        written += text_fit.ems(text)
    return paragraphs


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


def _overall(standings: Sequence[Standing], period: Period, revised: str) -> Iterator[str]:
    yield overall_sentence(standings, period)
    if revised:
        yield f"{revised}。"


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


def _indicators(standings: Sequence[Standing]) -> list[str]:
    """A sentence for each reported indicator and for each excused one, then one for the rest."""
    reported = [indicator_sentence(s) for s in standings if s.actual is not None]
    without = [s for s in standings if s.actual is None]
    exempt = [s.indicator.name for s in without if s.status is Status.NOT_DUE]
    excused = [s for s in without if s.excuse or s.status is Status.NOT_APPLICABLE]
    blank = (s for s in without if s.status is Status.UNREPORTED and s not in excused)
    lists = {"1月免报": exempt, "未报": [s.indicator.name for s in blank]}
    others = [f"{'、'.join(names)}{what}。" for what, names in lists.items() if names]
    return _joined_paragraphs(
        [*reported, *(f"{s.indicator.name}：{s.reason}" for s in excused), *others]
    )


def _parks(standings: Sequence[Standing], plan: Plan) -> list[str]:
    sentences = (
        parks_sentence(s, plan.parks)
        for s in standings
        if s.indicator.kind in {Kind.FLOW, Kind.STOCK, Kind.RATIO}
    )
    return _joined_paragraphs(text for text in sentences if text) or ["分园区数据未报。"]


def _problems(standings: Sequence[Standing], missing: Sequence[str]) -> list[str]:
    late = [
        f"{s.indicator.name}{missing_quantity(s)}（{s.indicator.lead}）"
        for s in lagging_in_order(standings)
    ]
    lagging = [f"{text}；" for text in late[:-1]] + [f"{text}。" for text in late[-1:]]
    judged = any(standing.status in _JUDGED for standing in standings)
    on_course = f"已评判的指标均达到{_pace_name(standings)}要求。"
    none = on_course if judged else "本期没有可以评判的指标。"
    return [
        *_joined_paragraphs(["（一）进度滞后。", *(lagging or [none])], _ENUMERATION),
        f"（二）数据报送。{_reporting(standings, missing)}",
    ]


def _reporting(standings: Sequence[Standing], missing: Sequence[str]) -> str:
    disputed = [s.indicator.name for s in standings if s.disputed]
    parts = [f"{'、'.join(missing)}未报送合格报表" if missing else "各单位均已报送"]
    if disputed:
        parts.append(f"{'、'.join(disputed)}两家单位数据不一致，待核")
    return "；".join(parts) + "。"


def _requirements(standings: Sequence[Standing], plan: Plan) -> tuple[str, ...]:
    reporting = "各报送单位要按时、如实、完整填报；两家数据不一致的，下期报送前核对一致。"
    if not lagging_in_order(standings):
        return (reporting,)
    what = "附件3所列事项，由主报单位会同核对单位查明原因、制定措施、明确预计完成时间"
    return (f"（一）{what}，报{plan.settings.compiler}。", f"（二）{reporting}")


_ANNEXES: Final = (
    "　　附件：1.目标任务完成情况表\n　　　　　2.分园区情况表\n　　　　　3.欠进度事项清单"
)


def _signature(plan: Plan, period: Period) -> tuple[Row, Row]:
    """The issuer, and the date that the office fills in, two and four characters off the edge."""
    return (
        _paragraph(Part.SIGNATURE, f"{plan.settings.issuer}{_INDENT}", least=48),
        _paragraph(Part.SIGNATURE, f"{_year_of_issue(period)}年　　月　　日{_INDENT}{_INDENT}"),
    )
