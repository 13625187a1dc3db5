"""The quarterly bulletin (季度通报): its text and its annexes, as sheets."""

from collections.abc import Sequence

from wyexcel import annex, lagging, park_table, prose
from wyexcel.period import Period
from wyexcel.plan import Plan
from wyexcel.sheet import Sheet
from wyexcel.standing import Standing


def draft(
    standings: Sequence[Standing],
    missing: Sequence[str],
    plan: Plan,
    period: Period,
    *,
    revised: str = "",
) -> tuple[Sheet, ...]:
    """正文, 附件1 目标任务完成情况表, 附件2 分园区情况表, 附件3 欠进度事项清单.

    *missing* are the reporting units of which nothing acceptable has come; *revised* is what was
    changed since the period was first published (修订说明).
    """
    return (
        prose.page(standings, missing, plan, period, revised=revised),
        annex.table(standings, plan, period, revised=revised),
        park_table.table(standings, plan, period),
        lagging.table(standings, period),
    )
