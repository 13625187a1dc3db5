"""How every indicator stands, reckoned from domain.md B2, B3, B5 with fractions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from msgspec import Struct, field

from tests.oracle.official_table import BANDS, ELEMENTS, PLACES, TABLE, WHOLE, Indicator
from tests.oracle.season import Form, Ruling, Season, When
from tests.oracle.values import Number, Settled, put_together, settle

LAGGING = frozenset({"欠进度", "严重欠进度", "接近", "未达标"})
RED = frozenset({"严重欠进度", "未达标"})
GREEN = frozenset(
    {"提前完成", "已完成", "达标", "已达到·以期末为准", "超进度", "达进度"},
)


class Judged(Struct, kw_only=True):
    """One indicator in one period, every number exact and in the printed measure."""

    row: Indicator
    when: When
    target: Number
    used: tuple[Settled, ...]
    actual: Number
    baseline: Number = None
    share: Number = None
    expected: Number = None
    due: Number = None
    completion: Number = None
    net: Number = None
    gap: Number = None
    points: Number = None
    attainment: Number = None
    planned: bool = False
    status: str = ""
    excuse: str = ""
    behind: int = 0
    missed: tuple[str, ...] = ()
    escalated: bool = False
    year_ago: Number = None
    reports: dict[str, Number] = field(default_factory=dict)
    parks: dict[str, Number] = field(default_factory=dict)

    @property
    def colour(self) -> str:
        """The light of its status; yellow that lags again is red where 设置 says so."""
        if self.status in RED or self.escalated:
            return "红"
        return "黄" if self.status in LAGGING else "绿" if self.status in GREEN else "灰"


class Published(Struct, frozen=True):
    """What a closed period said of one indicator."""

    actual: Number
    status: str
    behind: int
    missed: tuple[str, ...]


Closed = Mapping[When, Mapping[int, Published]]


class Truth(Struct, frozen=True, kw_only=True):
    """What the office knows when a period is judged: forms by period, settled numbers, closings."""

    season: Season
    forms: Mapping[When, Mapping[str, Form]]
    rulings: Sequence[Ruling]
    closed: Closed


def judge(truth: Truth, when: When) -> dict[int, Judged]:
    """Every indicator in *when*, with what came before."""
    judged = _by_itself(truth, when)
    chains = _chains(truth, when)
    for no, one in judged.items():
        behind, missed = chains.get(no, (0, ()))
        if one.status in LAGGING:
            one.behind, one.missed = behind + 1, missed
        one.escalated = (
            truth.season.escalate
            and one.status in LAGGING - RED
            and one.behind >= 2
            and one.attainment is not None
            and one.attainment < 95
        )
        one.year_ago = _year_ago(truth, one)
    return judged


def _by_itself(truth: Truth, when: When) -> dict[int, Judged]:
    season = truth.season
    settled = {
        code: settle(code, truth.forms.get(when, {}), when, season.tolerance, truth.rulings)
        for code in ELEMENTS
    }
    return {row.no: _stand(truth, row, when, settled) for row in TABLE}


def _stand(truth: Truth, row: Indicator, when: When, settled: Mapping[str, Settled]) -> Judged:
    used = tuple(settled[code] for code in row.elements)
    one = Judged(
        row=row,
        when=when,
        target=row.target(when.year),
        used=used,
        actual=put_together(row, {s.code: s.value for s in used}),
        reports={
            unit: put_together(row, {s.code: s.by_unit.get(unit) for s in used})
            for unit in row.units
        },
        parks={
            place: put_together(row, {s.code: s.parks.get(place) for s in used}) for place in PLACES
        },
    )
    _measure(truth, one)
    one.status = _status(truth, one)
    _excuse(truth, one)
    return one


# ---- B2 ----


def _measure(truth: Truth, one: Judged) -> None:
    """E, g and K by the kind of the indicator; a target of 0 is never divided by."""
    row, when = one.row, one.when
    one.planned = (row.no, when.year) in truth.season.plans
    if one.actual is None or not one.target:
        return
    if row.kind == "ratio":
        one.expected = one.target
        one.gap = one.points = one.actual - one.target
        one.attainment = one.actual / one.target * 100
        return
    one.completion = one.actual / one.target * 100
    start: Number = Fraction(0)
    if row.kind == "stock":
        start = one.baseline = _baseline(truth, one)
    if start is None or (row.kind == "stock" and start == one.target):
        if when.month == 12 or start is not None:
            _against_the_level(one)
        return
    _against_the_calendar(truth, one, start)


def _against_the_level(one: Judged) -> None:
    """A stock without baseline at the end of the year, or one to be kept: by A/T."""
    assert one.actual is not None
    assert one.target is not None
    one.share = one.due = Fraction(100)
    one.expected = one.target
    one.gap = one.actual - one.target
    one.points = one.actual / one.target * 100 - 100
    one.attainment = one.actual / one.target * 100


def _against_the_calendar(truth: Truth, one: Judged, start: Fraction) -> None:
    assert one.actual is not None
    assert one.target is not None
    growth = one.target - start
    exact = start + _asked(truth, one, start)
    whole = one.row.kind in {"count", "stock"}
    one.expected = Fraction(floor(exact)) if whole else exact
    one.share = (exact - start) / growth * 100
    one.due = (one.expected - start) / growth * 100
    done = (one.actual - start) / growth * 100
    if one.row.kind == "stock":
        one.net = done
    elif not one.expected:
        return
    one.points = done - one.due
    one.gap = one.actual - one.expected if whole else one.points
    if one.expected != start:
        one.attainment = (one.actual - start) / (one.expected - start) * 100


def _asked(truth: Truth, one: Judged, start: Fraction) -> Fraction:
    """What should be added since the year began: m/12, or the office's plan, evenly within it."""
    assert one.target is not None
    month = one.when.month
    if month == 12:
        return one.target - start
    plan = truth.season.plans.get((one.row.no, one.when.year))
    if plan is None:
        return (one.target - start) * Fraction(month, 12)
    ends = (start, *map(Fraction, plan))
    quarter, rest = divmod(month, 3)
    return ends[quarter] + (ends[min(quarter + 1, 4)] - ends[quarter]) * Fraction(rest, 3) - start


def _baseline(truth: Truth, one: Judged) -> Number:
    """What the office gave, else last year's confirmed number, unless that is above the target."""
    given = truth.season.baselines.get(one.when.year)
    if given is not None:
        return Fraction(given)
    ended = truth.closed.get(When(one.when.year - 1, 12), {}).get(one.row.no)
    if ended is None or ended.actual is None or one.target is None or ended.actual > one.target:
        return None
    return ended.actual


# ---- B3 ----


def _status(truth: Truth, one: Judged) -> str:
    if one.actual is None:
        return "不适用" if _divides_by_nothing(one) else "未报"
    if one.target is None:
        return "不设目标"
    if not one.target:
        return "提前完成" if one.actual > 0 else "无当年任务"
    if one.actual >= one.target:
        return _reached(one)
    return _short(truth, one, one.actual - one.target)


def _reached(one: Judged) -> str:
    if one.row.kind == "stock" and one.when.month < 12:
        return "已达到·以期末为准"
    return "达标" if one.row.kind == "ratio" else "已完成"


def _short(truth: Truth, one: Judged, gap: Fraction) -> str:
    """How it stands where the year's target is not reached."""
    if one.row.kind == "ratio":
        return "接近" if -gap <= one.row.tolerance else "未达标"
    if one.row.kind == "stock" and one.expected is None:
        return "缺基期，不评进度"
    return _band(truth.season.method, one) if _is_due(one) else "未到节点"


def _is_due(one: Judged) -> bool:
    """Something was due, or a level fell below where the year began."""
    if one.row.kind != "stock":
        return bool(one.expected)
    return one.attainment is not None or (one.gap or 0) < 0


def _band(method: str, one: Judged) -> str:
    number = one.attainment if method == "达成率" else one.points
    if one.attainment is None or number is None:
        return "严重欠进度"
    return next(word for least, word in BANDS[method] if least is None or number >= least)


def _divides_by_nothing(one: Judged) -> bool:
    below = [s.value for s in one.used if s.code in one.row.below]
    known = all(s.value is not None for s in one.used)
    return bool(below) and known and not sum((v for v in below if v), Fraction(0))


def _excuse(truth: Truth, one: Judged) -> None:
    """Who gives a state for everything that lacks is not one that did not report."""
    if one.status != "未报":
        return
    forms = truth.forms.get(one.when, {})
    states: list[str] = []
    for s in one.used:
        if any(number is not None for number in s.by_unit.values()):
            continue
        for unit in ELEMENTS[s.code].units:
            mine = [
                v
                for (c, _), v in (forms[unit].numbers if unit in forms else {}).items()
                if c == s.code
            ]
            if not mine or not all(isinstance(value, str) for value in mine):
                return
            states.append(str(mine[0]))
    if not states:
        return
    one.excuse = "不详" if "不详" in states else "不适用"
    if one.target is None:
        one.status = "不设目标"
    elif one.excuse == "不适用":
        one.status = "不适用"


# ---- B3 连续欠进度, B5 上年同期 ----

_NEITHER = frozenset({"未报", "口径待确认", "不设目标", "不适用", "缺基期，不评进度"})


def _chains(truth: Truth, when: When) -> dict[int, tuple[int, tuple[str, ...]]]:
    """For how many published periods of the same series each lagged just before *when*."""
    is_quarter = when.month % 3 == 0
    chains: dict[int, tuple[int, tuple[str, ...]]] = {}
    for month in range(1, when.month):
        past = When(when.year, month)
        if is_quarter and month % 3:
            continue
        if past in truth.closed and is_quarter:
            _go_on(chains, past, truth.closed[past])
        elif past in truth.forms:
            stood = {
                no: Published(one.actual, one.status, 0, ())
                for no, one in _by_itself(truth, past).items()
            }
            stood |= {
                no: Published(p.actual, p.status, 0, ())
                for no, p in truth.closed.get(past, {}).items()
            }
            _go_on(chains, past, stood)
        else:
            _go_on(chains, past, {})
    return chains


def _go_on(
    chains: dict[int, tuple[int, tuple[str, ...]]], past: When, stood: Mapping[int, Published]
) -> None:
    for row in TABLE:
        behind, missed = chains.get(row.no, (0, ()))
        then = stood.get(row.no)
        if then is None or then.actual is None:
            chains[row.no] = (behind, (*missed, str(past))) if behind else (0, ())
        elif then.status in LAGGING:
            chains[row.no] = (then.behind, then.missed) if then.behind else (behind + 1, missed)
        elif then.status not in _NEITHER:
            chains[row.no] = (0, ())


def _year_ago(truth: Truth, one: Judged) -> Number:
    """Last year's number: as it was published where it was closed, else as it is archived."""
    ago = When(one.when.year - 1, one.when.month)
    if ago in truth.closed:
        return truth.closed[ago][one.row.no].actual
    if ago not in truth.forms:
        return None
    return _by_itself(truth, ago)[one.row.no].actual


def published(judged: Mapping[int, Judged]) -> dict[int, Published]:
    """What a closing freezes."""
    return {
        no: Published(one.actual, one.status, one.behind, one.missed) for no, one in judged.items()
    }


def ruled(one: Judged) -> bool:
    """Whether the office settled the zone's number of one of its elements."""
    return any(r.park == WHOLE for s in one.used for r in s.rulings)
