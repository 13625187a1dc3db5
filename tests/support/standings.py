"""Indicators as they may stand, typed as a table: the sample of domain.md B4, and odd ones."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.plan.status import Status
from wyexcel.progress.standing import Standing

PLAN = official.load()
PERIOD = Period(2025, 9)

SAMPLE = """
no | actual     | rate     | net | due | expected | gap      | points    | status     | parks
1  | 12         | 600/7    | 50  | 75  | 13       | -1       | -25       | 严重欠进度 | 5 5 2
2  | 17.6       | 220/3    |     | 75  | 18       | -5/3     | -5/3      | 欠进度     | 6 8.6 3
3  | 1760/21    |          |     |     | 85       | -25/21   | -25/21    | 未达标     | 250/3 95 40
4  | 33.1       | 1655/21  |     | 75  | 31.5     | 80/21    | 80/21     | 达进度     | 12 11.1 10
5  | 0          |          |     |     |          |          |           | 无当年任务 | 0 0 0
6  | 1          |          |     |     |          |          |           | 提前完成   | 1 0 0
7  | 7487/33100 |          |     |     | 0.22     | 205/33100 | 205/33100 | 达标      | 0.4 0.15 0.1
8  | 4          | 50       |     | 75  | 6        | -2       | -25       | 严重欠进度 | 2 1 1
9  | 0          | 0        |     | 75  | 0        |          |           | 未到节点   | 0 0 0
10 | 0          |          |     |     |          |          |           | 不设目标   |
11 | 0.0004     |          |     |     |          |          |           | 提前完成   |
"""


def sample(**changes: Any) -> tuple[Standing, ...]:
    """The eleven of the sample; *changes* go to every one of them."""
    heading, *lines = ([c.strip() for c in line.split("|")] for line in SAMPLE.strip().split("\n"))
    rows = [dict(zip(heading, line, strict=True)) for line in lines]
    return tuple(replace(_standing(row), **changes) for row in rows)


def one(no: int, **changes: Any) -> Standing:
    """The indicator *no* of the sample, changed."""
    return replace(sample()[no - 1], **changes)


def unreported(plan: Plan = PLAN) -> tuple[Standing, ...]:
    """Eleven indicators of which nobody reported anything."""
    return tuple(
        Standing(
            indicator=indicator,
            target=indicator.targets[2025],
            status=Status.UNREPORTED,
            reason="未报，不作评判。",
            parks=dict.fromkeys(plan.places),
            reports=dict.fromkeys(indicator.units),
        )
        for indicator in plan.indicators
    )


def _standing(row: Mapping[str, str]) -> Standing:
    indicator = PLAN.indicators[int(row["no"]) - 1]
    parks = [Fraction(value) for value in row["parks"].split()]
    buckets = [Fraction(0) if parks and not indicator.denominator else None] * len(PLAN.buckets)
    actual = Fraction(row["actual"])
    return Standing(
        indicator=indicator,
        target=indicator.targets[2025],
        status=Status(row["status"]),
        reason="一句话。",
        actual=actual,
        completion=_number(row["rate"]),
        net_completion=_number(row["net"]),
        due=_number(row["due"]),
        expected=_number(row["expected"]),
        gap=_number(row["gap"]),
        gap_points=_number(row["points"]),
        parks=dict(zip(PLAN.places, [*(parks or [None] * 3), *buckets], strict=True)),
        reports=dict.fromkeys(indicator.units, actual),
        periods_behind=1 if row["status"] in {"严重欠进度", "欠进度", "未达标"} else 0,
    )


def _number(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def renamed(plan: Plan, tail: str) -> Plan:
    """*plan* with *tail* behind the name of every unit that reports."""
    names = {name: name + tail for name in plan.reporting}
    return replace(
        plan,
        units=tuple(replace(u, name=names.get(u.name, u.name)) for u in plan.units),
        indicators=tuple(
            replace(i, units=tuple(names[unit] for unit in i.units)) for i in plan.indicators
        ),
        breakdown=names[plan.breakdown],
    )


def grown(standing: Standing, times: int) -> Standing:
    """*standing* with every number *times* as large."""
    many = {
        name: value * times
        for name in ("actual", "completion", "gap", "gap_points", "year_ago")
        if (value := getattr(standing, name)) is not None
    }
    parks = {p: None if v is None else v * times for p, v in standing.parks.items()}
    return replace(standing, parks=parks, **many)


__all__ = ["PERIOD", "PLAN", "grown", "one", "renamed", "sample", "unreported"]
