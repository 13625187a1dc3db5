"""A number that units are asked for (数据要素), and how it runs through the year."""

import re
from collections.abc import Mapping
from decimal import Decimal
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
    labelled by `columns` (column name of contract.md → label on the form). A thing of the list
    counts from the amount `least` on (名单标准, 万元), which the text calls `least_words`; the word
    `off_word` in its 备注 takes it off the list. `beside` is the code of the element beside which
    this one is asked where nobody owes it (补充).
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
    beside: str = ""
    least: Decimal | None = None
    least_words: str = ""
    off_word: str = ""

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

    @property
    def standard(self) -> str:
        """From which amount on a thing of the list counts, as a sentence calls it."""
        return self.least_words or f"{self.least}万元以上"

    def takes_off(self, note: str) -> bool:
        """Whether *note* (备注) says that a thing is off the list, and not that it is not.

        >>> firms = Element(code="C", name="企业", measure="户", kind=Kind.STOCK, off_word="退库")
        >>> [firms.takes_off(note) for note in ("2025年6月退库", "未退库", "没有退库", "")]
        [True, False, False, False]
        """
        word = self.off_word
        return bool(word) and word in note and not re.search(rf"[未没不无]\S{{0,2}}{word}", note)
