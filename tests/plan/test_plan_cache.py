"""What is derived from a plan is derived once for each plan object, and forgotten with it."""

from fractions import Fraction

from msgspec.structs import replace

from wyexcel.period import Period
from wyexcel.plan import official
from wyexcel.plan.plan_cache import PlanCache
from wyexcel.plan.schedule import pace

PERIOD = Period(2025, 9)


def test_a_value_is_derived_once_for_each_plan_object() -> None:
    cache = PlanCache[str, int]()
    asked: list[str] = []
    plan, other = official.load(), replace(official.load())

    def derive() -> int:
        asked.append("again")
        return len(asked)

    values = [cache.get(p, "key", derive) for p in (plan, plan, other, plan, other)]

    assert values == [1, 1, 2, 1, 2]


def test_a_plan_that_is_gone_leaves_nothing_to_the_next_one() -> None:
    cache = PlanCache[str, int]()
    for number in range(50):
        assert cache.get(replace(official.load()), "key", lambda number=number: number) == number


def test_an_indicator_that_is_not_the_plans_own_has_its_own_pace() -> None:
    plan = official.load()
    own = plan.indicators[1]
    doubled = replace(own, targets={**own.targets, 2025: own.targets[2025] * 2})

    assert pace(plan, own, PERIOD).expected == Fraction(18)
    assert pace(plan, doubled, PERIOD).expected == Fraction(36)
    assert pace(plan, own, PERIOD).expected == Fraction(18)
