"""A number that units are asked for (数据要素), and how it runs through the year."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field


class Kind(StrEnum):
    """How an indicator runs through the year (domain.md B2)."""

    FLOW = "累计额"
    COUNT = "当年新增数"
    STOCK = "期末数"
    RATIO = "比率"


class Element(Struct, frozen=True, kw_only=True):
    """A number that units are asked for (数据要素, domain.md A5), in the measure they fill.

    `listed` elements are never typed: they are counted from a name list (名单) whose columns are
    labelled by `columns` (column name of contract.md → label on the form).
    """

    code: str
    name: str
    measure: str
    kind: Kind
    decimals: int = 2
    zone_only: bool = False
    january: bool = True
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    definition: str = ""

    @property
    def listed(self) -> bool:
        """Whether the element is counted from a name list."""
        return bool(self.columns)

    @property
    def is_count(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.kind is Kind.COUNT or self.measure in {"户", "个", "家", "批次"}

    @property
    def by_park(self) -> bool:
        """Whether the one unit that splits its numbers splits this one."""
        return not self.zone_only and not self.listed
