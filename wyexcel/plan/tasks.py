"""What the text asks in words: tasks, quantities outside the table, and open questions."""

from datetime import date

from msgspec import Struct


class Step(Struct, frozen=True, kw_only=True):
    """One deliverable of a text task (任务清单); `due` is None where the text names no date."""

    name: str
    due: date | None = None
    scored: bool = True


class Task(Struct, frozen=True, kw_only=True):
    """One of the ten text tasks, with the units that the text names (分号前为牵头单位)."""

    code: str
    title: str
    section: str
    leads: tuple[str, ...]
    supporting: tuple[str, ...]
    steps: tuple[Step, ...]


class TextTarget(Struct, frozen=True, kw_only=True):
    """A quantity that stands only in the running text (domain.md A2), without a yearly split."""

    code: str
    name: str
    value: str
    measure: str
    due: date | None
    kind: str
    task: str
    note: str = ""


class Question(Struct, frozen=True, kw_only=True):
    """An ambiguity of the text (domain.md A3) and how it is treated until somebody confirms."""

    no: int
    subject: str
    matter: str
    treatment: str
    owner: str = ""
    confirmed: str = "待确认"
