"""What a rule weighs: as written, less where a unit says why, less where the office says so."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.forms import (
    COMMITTEE,
    INDUSTRY,
    PERIOD,
    PLAN,
    TRADE,
    WHOLE,
    Answers,
    filled,
    written,
)
from tests.support.places import at, column_of
from wyexcel.findings import Finding, Level, Severity
from wyexcel.forms.submission import Decision, Season
from wyexcel.forms.zone_totals import zone_values
from wyexcel.intake import check_arrivals
from wyexcel.intake.arrivals import Arrival
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.rules import all_rules
from wyexcel.rules.history import History

TEA = ("茶厂", "2025-001", "白沙", "2025-03-28", 6800, "")

CELL = at("C14", unit=TRADE)


def plan(levels: Mapping[str, Level]) -> Plan:
    return replace(PLAN, settings=replace(PLAN.settings, levels=levels))


def trade(value: object, **more: Any) -> Answers:
    """市商务局's form, which asks for one number: C14 进出口总额（万元）."""
    return Answers(unit=TRADE, typed={("C14", WHOLE): value}, **more)


def found(answers: Answers) -> list[Finding]:
    return all_rules.validate(filled(answers))


def season(*answers: Answers, path: Path) -> Season:
    """What intake makes of the forms, under the plan of the first."""
    files = [written(a, path / f"{number}.xlsx") for number, a in enumerate(answers)]
    came = datetime(2025, 10, 9, tzinfo=UTC)
    arrivals = [Arrival(path=file, file=file.name, received=came) for file in files]
    return check_arrivals.judge_arrivals(
        arrivals, plan=answers[0].plan, period=PERIOD, today=date(2025, 10, 10)
    )


def test_what_may_pass_with_a_reason_passes_and_quotes_it() -> None:
    june = filled(trade(600, period=Period(2025, 6))).submission
    history = History(period=Period(2025, 6), last={TRADE: june})

    [asked] = all_rules.validate(filled(trade(500)), history)
    [passed] = all_rules.validate(filled(trade(500, remarks={"C14": "上期多报\n已调减"})), history)

    assert (asked.rule, asked.severity) == ("P01", Severity.REVIEW)
    assert (passed.rule, passed.severity, passed.cell) == ("P01", Severity.NOTICE, CELL)
    assert passed.message == f"{asked.message}单位已说明：“上期多报 已调减”。"


def test_a_reason_in_another_row_lets_nothing_pass() -> None:
    rows = [(*TEA[:4], None, ""), (TEA[0], "2025-002", *TEA[2:4], None, "投资额待审计")]
    form = Answers(unit=INDUSTRY, typed={("C09", WHOLE): None}, lists={"C09": rows})

    assert [(f.rule, f.cell, f.severity) for f in found(form)] == [
        ("B07", at("C09", "amount", INDUSTRY), Severity.REVIEW),
        ("B07", at("C09", "amount", INDUSTRY, row=2), Severity.NOTICE),
    ]


@pytest.mark.parametrize("word", ["无", "/", "——", "暂无"])
def test_a_word_for_nothing_is_no_reason(word: str) -> None:
    row = (*TEA[:4], None, word)
    listed = Answers(unit=INDUSTRY, typed={("C09", WHOLE): 1}, lists={"C09": [row]})
    negative = trade(-5, remarks={"C14": word})
    unknown = trade(None, states={"C14": "不详"}, remarks={"C14": word})

    assert [(f.rule, f.severity) for f in found(listed)] == [("B07", Severity.REVIEW)]
    assert [(f.rule, f.severity) for f in found(negative)] == [("V05", Severity.ERROR)]
    assert [(f.rule, f.severity) for f in found(unknown)] == [("V01", Severity.ERROR)]


def test_a_reason_lets_no_error_pass() -> None:
    [finding] = found(trade("14万元", remarks={"C14": "快报数"}))

    assert (finding.rule, finding.severity) == ("V02", Severity.ERROR)


def test_a_difference_between_units_passes_where_the_checking_one_explains_it(
    tmp_path: Path,
) -> None:
    lead = Answers(unit=INDUSTRY, typed={("C01", WHOLE): 14})
    check = Answers(unit=COMMITTEE, remarks={"C01": "含新建未入库 1 户"})

    [finding] = [f for f in season(lead, check, path=tmp_path).findings if f.rule == "U01"]

    assert finding.severity is Severity.NOTICE
    assert finding.message.endswith("单位已说明：“含新建未入库 1 户”。")


@pytest.mark.parametrize(
    ("level", "told"),
    [
        (Level.REVIEW, [(Severity.REVIEW, f"{CELL} 填的是")]),
        (Level.NOTICE, [(Severity.NOTICE, f"{CELL} 填的是")]),
        (Level.TRIAL, [(Severity.NOTICE, f"（试行）{CELL} 填的是")]),
        (Level.OFF, []),
    ],
)
def test_a_rule_weighs_no_more_than_the_office_lets_it(
    level: Level, told: list[tuple[Severity, str]]
) -> None:
    findings = found(trade("约14", plan=plan({"V02": level})))

    assert [
        (f.severity, f.message[: len(text)]) for f, (_, text) in zip(findings, told, strict=True)
    ] == told


def test_no_rule_weighs_more_than_it_is_written() -> None:
    [finding] = found(trade("14", plan=plan({"V03": Level.REVIEW})))

    assert (finding.rule, finding.severity) == ("V03", Severity.NOTICE)


def test_a_form_is_accepted_where_the_rule_it_breaks_is_on_trial(tmp_path: Path) -> None:
    form = trade(4, people={"phone": ""}, plan=plan({"I05": Level.TRIAL, "I04": Level.OFF}))

    there = season(form, path=tmp_path)

    assert [s.unit for s in there.adopted] == [TRADE]
    assert [(f.rule, f.severity) for f in there.findings] == [("I05", Severity.NOTICE)]


def test_rules_between_units_and_of_files_heed_the_office_too(tmp_path: Path) -> None:
    quiet = plan({"U05": Level.OFF, "I04": Level.OFF, "F05": Level.OFF, "F09": Level.OFF})
    forms = (
        Answers(unit=COMMITTEE, plan=quiet),
        Answers(unit=COMMITTEE, plan=quiet, remarks={"C01": "x"}),
    )

    assert season(*forms, path=tmp_path).findings == ()


def test_what_cannot_be_read_counts_for_nothing_where_the_office_lets_it_pass(
    tmp_path: Path,
) -> None:
    lenient = plan({"S05": Level.NOTICE})
    park, column = f"{column_of(at('C02', '官渡'))}6", f"{column_of(at('C09', 'park'))}3"
    form = Answers(plan=lenient, cells={("填报", park): "官渡园", ("竣工项目", column): "园区"})

    there = season(form, Answers(unit=INDUSTRY, plan=lenient), path=tmp_path)

    mine = next(s for s in there.adopted if s.unit == COMMITTEE)
    assert {f.cell for f in there.findings if f.rule == "S05"} == {park, column}
    assert not {"C02", "C05", "C09"} & zone_values(mine).keys()


@pytest.mark.parametrize("level", list(Level))
def test_what_cannot_be_read_goes_back_however_little_that_weighs(
    level: Level, tmp_path: Path
) -> None:
    lenient = plan({"F01": level, "S01": level, "I01": level})
    (tmp_path / "a.xlsx").write_bytes(b"PK half of it")
    there = Arrival(
        path=tmp_path / "a.xlsx", file="a.xlsx", received=datetime(2025, 10, 9, tzinfo=UTC)
    )

    [received] = check_arrivals.judge_arrivals(
        [there], plan=lenient, period=PERIOD, today=date(2025, 10, 10)
    ).received

    assert received.decision is Decision.REJECTED
