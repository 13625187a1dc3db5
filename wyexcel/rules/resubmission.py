"""Rules of a form that comes after an accepted one of its unit (F05, P09)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from wyexcel.files.number_display import rounded
from wyexcel.findings import Severity
from wyexcel.forms.submission import Received, Submission, Vintage
from wyexcel.forms.value_changes import changes, values_by_unit
from wyexcel.forms.value_in_words import in_words
from wyexcel.forms.zone_totals import counting_entries, zone_values
from wyexcel.period import MONTHS, chinese_date
from wyexcel.plan.plan import Plan
from wyexcel.rules.rule import Family, Violation
from wyexcel.rules.single_cells import cell_range


class Resubmission(Struct, frozen=True, kw_only=True):
    """An acceptable form of a unit, and the accepted one that the unit sent before."""

    now: Received
    before: Received
    plan: Plan


RESUBMISSIONS: Final = Family[Resubmission]()


@RESUBMISSIONS.rule(
    "F05",
    Severity.REVIEW,
    holds="一个单位一期只报一份，更正除外",
    message="{unit} {period} 已有一份“{first}”（{then} 收），现又收到一份“{name}”（{when} 收）。"
    "{compared}",
)
def a_unit_sends_one_form_a_period(resubmission: Resubmission) -> Iterator[Violation]:
    """The unit has sent nothing for the period before that was accepted, or the same once more."""
    before, now = resubmission.before, resubmission.now
    agrees = _content(before.submission) == _content(now.submission)
    older = _OLDER if now.received < before.received else ""
    asked = _WHICH.format(differences=_differences(resubmission), older=older)
    yield Violation(
        words={
            "unit": now.unit,
            "period": now.period,
            "first": before.file,
            "then": _local_time(before.received),
            "name": now.file,
            "when": _local_time(now.received),
            "compared": _AGREES if agrees else asked,
        },
        severity=Severity.NOTICE if agrees else None,
    )


_AGREES: Final = "两份内容相同（数、名单、文字都一致），不用处理：采用后收到的，前一份留存备查。"
_WHICH: Final = "{differences}。请确认采用哪一份：现按后收到的采用，前一份留存备查{older}。"
_OLDER: Final = "（后一份的存盘时间反而早，请特别核对）"


def _content(submission: Submission | None) -> Sequence[object]:
    """What *submission* says, wherever in its workbook, and however a number is typed."""
    if submission is None:
        return ()
    numbers = [
        (e.element, e.park, e.raw if e.number is None else e.number, e.state, e.remark)
        for e in (*submission.entries, *submission.extras)
    ]
    items = [(i.element, i.name, i.id, i.park, i.day, i.amount, i.note) for i in submission.items]
    people = (submission.preparer, submission.reviewer, submission.phone, submission.filled_on)
    return numbers, items, submission.progress_notes, people, submission.vintage


def _differences(resubmission: Resubmission) -> str:
    """How many values the two forms give differently, and the first of them."""
    now, before = resubmission.now.submission, resubmission.before.submission
    if now is None or before is None:
        return "两份内容不同"
    by_unit = (values_by_unit([submission], resubmission.plan) for submission in (before, now))
    changed = list(changes(*by_unit))
    if not changed:
        return "两份所报的数相同，只有文字（状态、说明、填表人等）不同"
    place, old, new = changed[0].place, changed[0].old, changed[0].new
    element = resubmission.plan.element.get(place.element)
    where = place.item or place.park
    first = f"“{element.name if element else place.element}”（{in_words(where)}）"
    many = f"有 {len(changed)} 处不同，其中" if len(changed) > 1 else "不同："
    return f"两份的数{many}{first}前一份{old or '没有'}、后一份{new or '没有'}"


def _local_time(when: datetime) -> str:
    local = when.astimezone()
    return f"{chinese_date(local)} {local:%H:%M}"


@RESUBMISSIONS.rule(
    "P09",
    Severity.REVIEW,
    holds="全年的快报数与年报数一致",
    message="“{name}”快报 {flash} 与年报 {value} 相差 {off}，通报将采用年报数并注明。",
)
def a_years_final_numbers_are_its_preliminary_ones(
    resubmission: Resubmission,
) -> Iterator[Violation]:
    """What a unit says of the year at last is what it said of it before."""
    now, before = resubmission.now.submission, resubmission.before.submission
    if now is None or before is None or now.period.month != MONTHS:
        return
    if (before.vintage, now.vintage) != (Vintage.FLASH, Vintage.FINAL):
        return
    cells, flash = counting_entries(now), zone_values(before)
    for code, value in zone_values(now).items():
        then = flash.get(code)
        if then is not None and then != value:
            words = {"name": resubmission.plan.element[code].name, "flash": then}
            words["off"] = _apart(then, value)
            yield Violation(cells[code][0].sheet, cell_range(cells[code]), value, words=words)


def _apart(then: Decimal, value: Decimal) -> str:
    """How far *value* lies from *then*, in percent where there was anything then."""
    if not then:
        return in_words(abs(value))
    return f"{in_words(rounded(abs(Fraction(value) / Fraction(then) - 1) * 100, 2))}%"
