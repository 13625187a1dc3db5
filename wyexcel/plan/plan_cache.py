"""What follows from a plan object and a few words, found once and kept while the plan is."""

import weakref
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from wyexcel.plan.plan import Plan

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Shelf(Generic[Key, Value]):
    """One kind of finding, by plan object and key.

    Plans are large and not compared: each object has its own part of the shelf, which goes with it.
    """

    def __init__(self) -> None:
        """An empty one."""
        self._parts: dict[int, dict[Key, Value]] = {}

    def get(self, plan: Plan, key: Key, find: Callable[[], Value]) -> Value:
        """What is kept of *plan* under *key*; where nothing is, what *find* finds, kept."""
        part = self._parts.get(id(plan))
        if part is None:
            part = self._parts[id(plan)] = {}
            weakref.finalize(plan, self._parts.pop, id(plan), None)
        if key not in part:
            part[key] = find()
        return part[key]
