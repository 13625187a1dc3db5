"""The words of one plan on what is printed: titles, subjects, the form of its numbers (文号)."""

from typing import Final

from msgspec import Struct

YEAR: Final = "年份"
"""Where a document number (文号) has the year in which it is signed."""


class Wording(Struct, frozen=True, kw_only=True):
    """Titles and phrases that a place has of its own (设置).

    `desk`, `form` and `table` are titles: of 操作台, of the form, of 附件1. `bulletin` and
    `letters` are what a bulletin and a letter are about; a line break in them is one in the title.
    `occasion` is what the plan asks for (“月调度、季通报、年考核”), "" where it asks nothing, and
    `number` the form of a document number (文号) with 年份 for the year.
    """

    desk: str = "目标任务通报操作台"
    form: str = "目标任务报送表"
    table: str = "目标任务完成情况表"
    bulletin: str = "目标任务"
    letters: str = "目标任务"
    occasion: str = ""
    number: str = f"〔{YEAR}〕×号"

    def document_number(self, year: int) -> str:
        """The form of a document number of *year*, its own number left to the office."""
        return self.number.replace(YEAR, str(year))

    def according_to(self, title: str) -> str:
        """On what grounds the office writes: the plan called *title*, and what it asks for."""
        occasion = f"“{self.occasion}”" if self.occasion else ""
        return f"按照《{title}》{occasion}要求"
