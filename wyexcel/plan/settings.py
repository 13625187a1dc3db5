"""基期与分解 and 设置: numbers that only the office has, and what it may set."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from msgspec import Struct, field

from wyexcel.findings import Level
from wyexcel.period import Period
from wyexcel.plan.status import Method
from wyexcel.plan.working_days import Holiday


class GivenKind(StrEnum):
    """Which number a row of 基期与分解 gives (项目)."""

    BASELINE = "基期"
    QUARTER_1 = "一季度计划"
    QUARTER_2 = "二季度计划"
    QUARTER_3 = "三季度计划"
    QUARTER_4 = "四季度计划"
    YEAR_AGO = "上年同期"


class Given(Struct, frozen=True, kw_only=True):
    """One number that only the office knows (a row of 基期与分解), in the printed measure.

    `month` is the period of `year` that a value of last year (上年同期) is for; None is any.
    """

    no: int
    year: int
    item: GivenKind
    park: str
    value: Decimal
    month: int | None = None


class IssueDetails(Struct, frozen=True, kw_only=True):
    """What the office types for one period's bulletin (发文); None and "" are not known yet."""

    period: Period
    number: str = ""
    signer: str = ""
    signed: date | None = None
    printed: date | None = None


ON_TRIAL: Final[Mapping[str, Level]] = {"R06": Level.TRIAL}
"""Rules that are new to the units: unless the office says otherwise they only inform (试行)."""


class Settings(Struct, frozen=True, kw_only=True):
    """What the office may set (设置); `levels` are the rules that weigh less, by code.

    Reports are due `month_days` after a month's end, `quarter_days` after a quarter's, and
    `year_days` after the year's, or on the next working day; `holidays` are the office's own.
    `issues` are what is typed for each period's bulletin, `copies` who gets one (抄送), `printer`
    who prints it (印发机关); "" is the issuer's office.
    """

    method: Method = Method.ATTAINMENT
    month_days: int = 8
    quarter_days: int = 10
    year_days: int = 20
    quarter_plans_cumulative: bool = True
    escalate: bool = False
    source_tolerance: Decimal = Decimal(1)
    compiler: str = ""
    issuer: str = ""
    mark: str = ""
    contact: str = ""
    phone: str = ""
    reply_days: int = 5
    levels: Mapping[str, Level] = field(default_factory=lambda: ON_TRIAL)
    holidays: tuple[Holiday, ...] = ()
    issues: tuple[IssueDetails, ...] = ()
    copies: str = ""
    printer: str = ""

    def issue_of(self, period: Period) -> IssueDetails:
        """What is typed for the bulletin of *period*; nothing of another one."""
        return next((i for i in self.issues if i.period == period), IssueDetails(period=period))
