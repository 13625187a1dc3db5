"""督办单: the letter to a unit whose indicators lag, with the table for its answer."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from wyexcel.files.number_display import format_number
from wyexcel.files.writing.document import NUMBER, Heading, Letter, LetterTable, Paragraph, Tone
from wyexcel.letters.letter_parts import compose_letter, hand_in_phrase
from wyexcel.period import Period, chinese_date
from wyexcel.plan.plan import Plan
from wyexcel.plan.working_days import working_day_from
from wyexcel.progress.arithmetic import amount
from wyexcel.progress.lag_chain import missed_in_words
from wyexcel.progress.standing import Standing
from wyexcel.reports.indicator_cells import status_words
from wyexcel.reports.lagging import lagging_in_order, missing_quantity

_PERCENT: Final = 100
_LAGGING: Final = (
    *(NUMBER, "指标", "状态", "应达"),
    *("实际", "欠额", "连续\n期数", "配合单位"),
)
_LAGGING_WIDTHS: Final = (11.0, 33.5, 21.5, 19.5, 19.5, 21.0, 10.0, 20.0)
_ANSWER: Final = ("指标", "原因", "措施", "预计完成时间", "责任人")
_ANSWER_WIDTHS: Final = (36.0, 40.0, 40.0, 22.0, 18.0)
_ANSWER_HEIGHT: Final = 30.0
"""Points of a row that is filled by hand."""
_ANSWER_TITLE: Final = "欠进度事项反馈表"
_SIGNED: Final = "填表人：　　　　　审核人：　　　　　联系电话："


def supervision_letters(
    standings: Sequence[Standing], plan: Plan, period: Period, today: date
) -> Iterator[Letter]:
    """A letter to each unit that reports (主报) something that lags, in the order of the plan."""
    lagging = lagging_in_order(standings)
    for unit in dict.fromkeys((*plan.reporting, *(s.indicator.lead for s in lagging))):
        own_lagging = [standing for standing in lagging if standing.indicator.lead == unit]
        if own_lagging:
            yield _supervision_letter(unit, own_lagging, plan, period, today)


def _supervision_letter(
    unit: str, lagging: Sequence[Standing], plan: Plan, period: Period, today: date
) -> Letter:
    deadline = chinese_date(_answer_day(plan, today))
    together = "会同配合单位" if any(s.indicator.checkers for s in lagging) else ""
    letter = compose_letter(
        unit,
        "督办单",
        tone=Tone.BEHIND,
        about=f"关于{period.title}{plan.wording.letters}欠进度事项",
        body=(
            Paragraph(
                f"{plan.wording.according_to(plan.title)}，截至{period.month}月底"
                f"{_calendar(lagging, period)}，贵单位主报的下列{len(lagging)}项指标没有达到要求，"
                f"现予督办。"
            ),
            Heading("一、欠进度事项"),
            LetterTable(
                headings=_LAGGING,
                rows=tuple(_row(n, s, period) for n, s in enumerate(lagging, 1)),
                widths=_LAGGING_WIDTHS,
            ),
            Heading("二、依据"),
            *(Paragraph(text) for text in _grounds(lagging)),
            Heading("三、反馈要求"),
            Paragraph(
                f"请贵单位{together}逐项写明原因、措施、预计完成时间，填入反馈表，"
                f"经单位负责人审核后于{deadline}前{hand_in_phrase(unit, plan, own='存档备查')}。"
            ),
            Paragraph(f"附件：{_ANSWER_TITLE}"),
        ),
        plan=plan,
        today=today,
    )
    return replace(letter, annex_title=_ANSWER_TITLE, annex=_answer_table(lagging))


def _calendar(lagging: Sequence[Standing], period: Period) -> str:
    """The schedule in brackets, where something is held against it and not against a plan."""
    if all(standing.planned for standing in lagging):
        return ""
    return f"（时序进度{format_number(_PERCENT * period.elapsed, 1)}%）"


def _answer_table(lagging: Sequence[Standing]) -> tuple[LetterTable, Paragraph]:
    """反馈表: a row to be filled for each indicator, and who signs."""
    table = LetterTable(
        headings=_ANSWER,
        rows=tuple((standing.indicator.name, "", "", "", "") for standing in lagging),
        widths=_ANSWER_WIDTHS,
        least=_ANSWER_HEIGHT,
    )
    return table, Paragraph(_SIGNED)


def _answer_day(plan: Plan, today: date) -> date:
    """The working day by which the unit answers (督办反馈)."""
    settings = plan.settings
    return working_day_from(today + timedelta(days=settings.reply_days), settings.holidays)


def _row(number: int, standing: Standing, period: Period) -> tuple[str, ...]:
    indicator = standing.indicator
    return (
        str(number),
        indicator.name,
        status_words(standing),
        *(
            amount(indicator, value, decimals=standing.decimals)
            for value in (standing.expected, standing.actual)
        ),
        missing_quantity(standing),
        f"{standing.periods_behind}{missed_in_words(standing.missed, period)}",
        "、".join(indicator.checkers) or "无",
    )


def _grounds(lagging: Sequence[Standing]) -> Iterator[str]:
    """One paragraph each: the arithmetic, remarks on its number, what is needed from now on."""
    for number, standing in enumerate(lagging, 1):
        remarks = "".join(f"{remark.rstrip('。')}。" for remark in standing.remarks)
        disputed = "数据核对一致以后，以核对结果为准。" if standing.disputed else ""
        needed = f"{standing.outlook}。" if standing.outlook else ""
        yield f"{number}.{standing.indicator.name}：{standing.reason}{remarks}{disputed}{needed}"
