"""Caches values derived from a plan, as long as the plan lives."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from wyexcel.plan.plan import Plan

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class PlanCache(Generic[Key, Value]):
    """One kind of value, by plan object and key.

    The values are kept on the plan object itself (`Plan.derived`) and go with it.
    """

    def get(self, plan: Plan, key: Key, derive: Callable[[], Value]) -> Value:
        """The value of *plan* under *key*; *derive* makes it the first time."""
        values: dict[Key, Value] = plan.derived.setdefault(self, {})
        if key not in values:
            values[key] = derive()
        return values[key]
