"""The quarterly bulletin (季度通报): its text and its annexes, as sheets."""

from collections.abc import Sequence

from wyexcel.files.writing.official.official_document import OfficialDocument
from wyexcel.files.writing.official.sheet_edits import SheetText
from wyexcel.files.writing.sheet import Sheet
from wyexcel.period import Period
from wyexcel.plan.plan import Plan
from wyexcel.progress.standing import Standing
from wyexcel.reports.quarterly.annex_lagging import lagging_annex
from wyexcel.reports.quarterly.annex_parks import parks_annex
from wyexcel.reports.quarterly.annex_targets import targets_annex
from wyexcel.reports.quarterly.bulletin_text import bulletin_text_sheet


def bulletin_sheets(  # noqa: PLR0913  what goes into a bulletin, most of it by name
    standings: Sequence[Standing],
    document: OfficialDocument,
    plan: Plan,
    period: Period,
    *,
    text: SheetText | None = None,
    revised: str = "",
    final: Sequence[str] = (),
) -> tuple[Sheet, ...]:
    """正文, 附件1 目标任务完成情况表, 附件2 分园区情况表, 附件3 欠进度事项清单.

    *document* is the bulletin's text, and *text* the same with what a hand changed on the sheet;
    *revised* is what was changed since the period was first published (修订说明), *final* the units
    whose 年报 replaced their 快报.
    """
    final_note = f"{'、'.join(final)}采用年报数，快报数不再使用" if final else ""
    notes = tuple(note for note in (final_note, revised) if note)
    return (
        bulletin_text_sheet(document, text),
        targets_annex(standings, plan, period, also=notes),
        parks_annex(standings, plan, period),
        lagging_annex(standings, period),
    )
