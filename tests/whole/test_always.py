"""What holds whatever is reported: order does not matter, nothing drifts, words fit the status."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.ledgers import (
    BASELINE,
    COMMITTEE,
    INDUSTRY,
    PLAN,
    all_stand,
    changed,
    enterprises,
    knowing,
    output,
    projects,
    said,
    season,
    split,
    stand,
)
from wyexcel.forms.submission import Submission
from wyexcel.plan.plan import NoTarget, Plan
from wyexcel.plan.status import LAGGING, Method, Status
from wyexcel.progress import ledger
from wyexcel.progress.standing import Standing

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=4)
MONTHS = st.integers(min_value=1, max_value=12).map(lambda month: f"2025-{month:02}")
METHODS = st.sampled_from([BASELINE, knowing("1 2025 基期 10", method=Method.POINTS)])
WORST_FIRST = (Status.FAR_BEHIND, Status.BEHIND, Status.ON_PACE, Status.AHEAD, Status.DONE)

lively = settings(max_examples=60, deadline=None)


@lively
@given(st.permutations(season()))
def test_the_order_of_submissions_changes_nothing(reports: Sequence[Submission]) -> None:
    entries = ledger.ledger_of(reports, PLAN)

    assert entries == ledger.ledger_of(season(), PLAN)
    assert all_stand(*reports) == all_stand(*season())


ROWS = (
    "C09 2403-01 茶厂 白沙 2025-03-28",
    "C09 2403-01 茶厂 白沙 2025-03-28",
    "C09 2403-02 冷链 官渡 2025-06-16",
    "C09 2403-03 去年的 官渡 2024-06-16",
    "C09 2403-04 下期的 官渡 2025-12-16",
)


@lively
@given(st.permutations(ROWS), st.permutations(ROWS))
def test_the_order_of_list_rows_changes_no_count(lead: list[str], check: list[str]) -> None:
    standing = stand(
        8,
        said(INDUSTRY, listed="\n".join(lead)),
        said(COMMITTEE, listed="\n".join(check)),
    )

    assert (standing.actual, standing.disputed) == (2, False)
    assert standing.parks == {"白沙": 1, "官渡": 1, "青花": 0, "区内园外": 0, "未分园区": 0}


@lively
@given(st.lists(AMOUNTS, min_size=5, max_size=5))
def test_parks_always_add_up_to_the_zone_without_drift(parts: list[Decimal]) -> None:
    lines = zip(PLAN.places, parts, strict=True)

    standing = stand(2, said(COMMITTEE, "\n".join(f"C02 {p} {v:f}" for p, v in lines)))

    assert standing.actual == sum(map(Fraction, parts), Fraction(0)) / 10_000
    assert sum((v for v in standing.parks.values() if v is not None), Fraction(0)) == (
        standing.actual
    )


@lively
@given(AMOUNTS, st.decimals(min_value="0.9", max_value="1.1", places=6))
def test_the_value_of_the_reporting_unit_counts_whatever_the_other_says(
    amount: Decimal, times: Decimal
) -> None:
    other = amount * times
    lead, check = (
        said(INDUSTRY, f"C02 全区 {amount:f}"),
        said(COMMITTEE, split(f"C02 {other:f} 0 0")),
    )

    standing = stand(2, lead, check)

    assert standing.actual == Fraction(amount) / 10_000
    assert standing.difference == Fraction(amount - other) / 10_000
    assert standing.disputed == (abs(Fraction(amount - other)) > Fraction(amount) / 100)


@lively
@given(AMOUNTS, AMOUNTS, MONTHS)
def test_more_is_never_judged_worse(one: Decimal, other: Decimal, period: str) -> None:
    low, high = (output(f"{a:f}", period=period) for a in sorted((one, other)))

    assert WORST_FIRST.index(low.status) <= WORST_FIRST.index(high.status)


def said_gap(reason: str) -> Fraction:
    """The gap as the sentence says it: 超 is more, 欠 is less, neither is none."""
    found = re.search(r"，(超|欠)([\d.]+)", reason)
    if found is None:
        assert "持平" in reason
        return Fraction(0)
    return Fraction(found[2]) * (1 if found[1] == "超" else -1)


HIDDEN = Fraction(1, 10**6)
"""Less than six digits show: the words say 持平, or 不足 a bound, and the status stands."""


def said_attainment(reason: str) -> Fraction:
    """达成率 as the sentence says it; what is short of a bound (不足80%) is a little less."""
    words = reason.rpartition("达成率")[2].removesuffix("%。").replace("－", "-")
    if words.startswith("不足"):
        return Fraction(words.removeprefix("不足")) - HIDDEN
    return Fraction(words)


def words_fit(standing: Standing, plan: Plan) -> None:
    """The printed gap has the sign of the true one, and the printed percentage its band."""
    points = plan.settings.method is Method.POINTS
    gap = standing.gap_points if points else standing.gap
    assert gap is not None
    told = said_gap(standing.reason)
    if told or abs(gap) >= HIDDEN:
        assert (told > 0, told < 0) == (gap > 0, gap < 0), standing.reason
    assert (standing.status in LAGGING) == (gap < 0), standing.reason
    if standing.attainment is None:  # below where the year began, before anything is due
        assert standing.status is Status.FAR_BEHIND
        return
    if points and not told:
        return
    percent = told if points else said_attainment(standing.reason)
    assert [b.status for b in plan.bands_in_force if b.holds(percent)] == [standing.status]


JUDGED = frozenset({Status.FAR_BEHIND, Status.BEHIND, Status.CLOSE, Status.ON_PACE, Status.AHEAD})
SHARES = st.one_of(
    st.sampled_from([Fraction(n, 100) for n in (45, 65, 70, 75, 80, 85, 100, 110)]),
    st.fractions(min_value=0, max_value=2, max_denominator=1000),
)
NUDGES = st.sampled_from([Fraction(n, 10_000) for n in (-100, -1, 0, 1, 100)])


@lively
@given(SHARES, NUDGES, MONTHS, METHODS)
def test_the_sentence_of_an_amount_never_contradicts_its_status(
    share: Fraction, nudge: Fraction, period: str, plan: Plan
) -> None:
    amount = max(round((share * 240_000 + nudge) * 10_000), 0)

    standing = output(f"{Decimal(amount).scaleb(-4):f}", period=period, plan=plan)

    if standing.status in JUDGED:
        words_fit(standing, plan)
    assert (standing.status is Status.DONE) == ((standing.completion or 0) >= 100)


@lively
@given(st.integers(min_value=0, max_value=16), MONTHS, METHODS)
def test_the_sentence_of_a_level_never_contradicts_its_status(
    count: int, period: str, plan: Plan
) -> None:
    standing = enterprises(str(count), period=period, plan=plan)

    if standing.status in JUDGED:
        words_fit(standing, plan)
    reached = Status.DONE if period == "2025-12" else Status.REACHED_SO_FAR
    assert (standing.status is reached) == (count >= 14)


@lively
@given(
    st.integers(min_value=0, max_value=10), st.integers(min_value=1, max_value=9), MONTHS, METHODS
)
def test_the_sentence_of_a_count_never_contradicts_its_status(
    count: int, target: int, period: str, plan: Plan
) -> None:
    plan = changed(8, plan=plan, targets={2025: Decimal(target)})

    standing = projects(8, count, period=period, plan=plan)

    if standing.status in JUDGED:
        words_fit(standing, plan)
    if period == "2025-12":
        assert standing.status is not Status.NOT_DUE


CELLS = st.sampled_from(["-", "0", "0.0001", "1", "85", "331000"])
TARGETS = st.sampled_from([*NoTarget, Decimal(0), Decimal("0.001"), Decimal(85)])


@lively
@given(st.data(), TARGETS, MONTHS, METHODS)
def test_whatever_is_reported_every_indicator_stands_somehow_and_says_why(
    data: st.DataObject, target: Decimal | NoTarget, period: str, plan: Plan
) -> None:
    for no in (2, 3, 7, 10):
        plan = changed(no, plan=plan, targets={2025: target})
    reports = [
        said(
            unit,
            "\n".join(
                f"{element.code} {park} {data.draw(CELLS)}"
                for element in plan.owed_by(unit)
                for park in (plan.places if plan.splits(element, unit) else ("全区",))
            ),
            period=period,
        )
        for unit in plan.reporting
    ]

    for standing in all_stand(*reports, plan=plan, period=period):
        assert standing.reason.endswith("。")
        assert "—" not in standing.reason
        assert (standing.actual is None) == (not standing.sources)
        if standing.actual is None:
            of_nothing = standing.reason.startswith("分母合计为0")
            without = {Status.NOT_APPLICABLE} if of_nothing else {Status.UNREPORTED, Status.NOT_DUE}
            assert standing.status in without
