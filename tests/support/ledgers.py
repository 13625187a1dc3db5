"""Reports typed as small tables, the ledgers they make, and how indicators stand on them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from wyexcel.forms.submission import Entry, Submission
from wyexcel.forms.submission import ListedItem as Listed
from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import Given, GivenKind
from wyexcel.progress import assessment, lag_chain, ledger
from wyexcel.progress.lag_chain import LagChain
from wyexcel.progress.ledger import Ledger
from wyexcel.progress.standing import Standing

PLAN = official.load()
COMMITTEE = "市工业园区管委会"
INDUSTRY = "市经信局"
SCIENCE = "市科技局"
TRADE = "市商务局"
INVESTMENT = "市投促中心"


def said(
    unit: str, numbers: str = "", *, listed: str = "", period: str = "2025-09", file: str = ""
) -> Submission:
    """What *unit* reports: lines of `element park number` (`-` is a blank cell) from D7 downwards.

    *listed* holds lines of `element id name park day`, from B5 downwards.
    """
    return Submission(
        file=file or f"{unit}.xlsx",
        sha256=f"sha256 of {unit}",
        unit=unit,
        period=Period.parse(period),
        entries=tuple(_entry(n, *line.split()) for n, line in enumerate(_lines(numbers), 7)),
        items=tuple(_item(n, *line.split()) for n, line in enumerate(_lines(listed), 5)),
    )


def _lines(text: str) -> Sequence[str]:
    return [line for line in text.strip().splitlines() if line.strip()]


def _entry(row: int, element: str, park: str, number: str) -> Entry:
    typed = None if number == "-" else Decimal(number)
    raw = None if typed is None else float(typed)
    return Entry(element, park, "填报", f"D{row}", raw, typed)


def _item(row: int, *line: str) -> Listed:
    element, key, name, park, day = line
    when = date.fromisoformat(day)
    return Listed(element, "名单", row, f"B{row}", name, key, park, when, None, "")


def knowing(*rows: str, plan: Plan = PLAN, **settings: Any) -> Plan:
    """*plan* with rows of 基期与分解 (`no year item number [park]`) and other *settings*."""
    given = tuple(_given(*row.split()) for row in rows)
    return replace(plan, given=given, settings=replace(plan.settings, **settings))


def _given(no: str, year: str, item: str, value: str, park: str = "全区") -> Given:
    return Given(no=int(no), year=int(year), item=GivenKind(item), park=park, value=Decimal(value))


BASELINE = knowing("1 2025 基期 10")
"""The plan with ten enterprises at the end of 2024."""


def changed(no: int, plan: Plan = PLAN, **fields: Any) -> Plan:
    """*plan* with some *fields* of the indicator *no* changed."""
    indicators = tuple(replace(i, **fields) if i.no == no else i for i in plan.indicators)
    return replace(plan, indicators=indicators)


def earlier(before: Sequence[Sequence[Standing]], period: Period) -> Mapping[int, LagChain]:
    """For how many of the periods *before*, which end just before *period*, indicators lagged."""
    step = 3 if period.ends_quarter else 1
    chains: Mapping[int, LagChain] = {}
    for back, standings in zip(range(len(before), 0, -1), before, strict=True):
        past = Period(period.year, period.month - step * back)
        chains = lag_chain.chains_after(past, chains, lag_chain.stood(standings))
    return chains


def stand(
    no: int,
    *reports: Submission,
    plan: Plan = PLAN,
    period: str = "2025-09",
    year_ago: Ledger | None = None,
    before: Sequence[tuple[Standing, ...]] = (),
) -> Standing:
    """How the indicator *no* stands on *reports*."""
    entries = ledger.ledger_of(reports, plan)
    now = Period.parse(period)
    standings = assessment.judge_indicators(
        plan, now, entries, year_ago=year_ago, chains=earlier(before, now)
    )
    return next(s for s in standings if s.indicator.no == no)


def all_stand(
    *reports: Submission,
    plan: Plan = PLAN,
    period: str = "2025-09",
    before: Sequence[tuple[Standing, ...]] = (),
) -> tuple[Standing, ...]:
    """How every indicator stands on *reports*."""
    entries = ledger.ledger_of(reports, plan)
    now = Period.parse(period)
    return assessment.judge_indicators(plan, now, entries, chains=earlier(before, now))


def output(amount: str, *, period: str = "2025-09", plan: Plan = PLAN) -> Standing:
    """#2 规上工业总产值 (24, 31, 37 亿元) at *amount* 万元."""
    return stand(2, said(INDUSTRY, f"C02 全区 {amount}", period=period), plan=plan, period=period)


def enterprises(count: str, *, period: str = "2025-09", plan: Plan = BASELINE) -> Standing:
    """#1 规上工业企业数量 (14, 17, 20 户) at *count*."""
    return stand(1, said(INDUSTRY, f"C01 全区 {count}", period=period), plan=plan, period=period)


def projects(no: int, count: int, *, period: str = "2025-09", plan: Plan = PLAN) -> Standing:
    """#8 (8 个) or #9 (1, 2, 2 个) with *count* projects in the list, all in January."""
    element, unit = {8: ("C09", INDUSTRY), 9: ("C10", INVESTMENT)}[no]
    listed = "\n".join(f"{element} 2403-{n} 项目{n} 白沙 {period[:4]}-01-05" for n in range(count))
    report = said(unit, f"{element} 全区 {count}", listed=listed, period=period)
    return stand(no, report, plan=plan, period=period)


def season() -> tuple[Submission, ...]:
    """The invented season of domain.md B4, as the five units report it."""
    finished = """
        C09 2403-01 富硒茶精深加工 白沙 2025-03-28
        C09 2403-02 黑鸡屠宰冷链 白沙 2025-06-16
        C09 2403-03 石灰石骨料 官渡 2025-07-30
        C09 2403-04 原煤洗选技改 青花 2025-09-12
    """
    centre = "C12 示例1号 省级企业技术中心 白沙 2025-08-20"
    return (
        said(
            INDUSTRY,
            """
            C01 全区 12
            C02 全区 176000
            C05 全区 331000
            C09 全区 4
            C10 全区 0
            C11 全区 0
            C12 全区 1
            """,
            listed=f"{finished}\n{centre}",
        ),
        said(SCIENCE, "C06 全区 331000\nC07 全区 748.7\nC12 全区 1", listed=centre),
        said(INVESTMENT, "C10 全区 0\nC13 全区 0"),
        said(TRADE, "C14 全区 4"),
        said(
            COMMITTEE,
            f"""
            {_split("C01", 5, 5, 2)}
            {_split("C02", 60000, 86000, 30000)}
            {_split("C03a", 50000, 0, 0)}
            {_split("C03b", 0, 114000, 0)}
            {_split("C03c", 0, 0, 12000)}
            {_split("C03d", 0, 5000, 0)}
            {_split("C04", 60000, 120000, 30000)}
            {_split("C05", 120000, 111000, 100000)}
            {_split("C06", 120000, 111000, 100000)}
            {_split("C07", 480, 168.7, 100)}
            C09 全区 4
            C11 全区 0
            C14 全区 4
            """,
            listed=finished,
        ),
    )


def _split(element: str, *values: float) -> str:
    return split(f"{element} {' '.join(map(str, values))}")


def split(text: str) -> str:
    """Lines of `element 白沙 官渡 青花` as one line a park, with 0 in both buckets."""
    lines: list[str] = []
    for line in _lines(text):
        element, *values = line.split()
        pairs = zip(PLAN.places, (*values, "0", "0"), strict=True)
        lines += [f"{element} {park} {value}" for park, value in pairs]
    return "\n".join(lines)
