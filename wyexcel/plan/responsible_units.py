"""The responsible units (责任单位), and what the zone as a whole is called."""

from datetime import date
from typing import Final

from msgspec import Struct

WHOLE: Final = "全区"
"""The zone as a whole: what stands for the park of a value that is not split."""


class Unit(Struct, frozen=True, kw_only=True):
    """A responsible unit (责任单位). `code` never changes; `name` may, by a renaming.

    `name` is what it has been called since the day `renamed`, `former` what it was called before.
    Whatever is made today says `name`, for periods before the renaming too.
    """

    code: str
    name: str
    former: tuple[str, ...] = ()
    renamed: date | None = None
    phone: str = ""

    def was_called(self, name: str, day: date) -> bool:
        """Whether *name* was its name on *day*, before it was renamed."""
        return name in self.former and self.renamed is not None and day < self.renamed
