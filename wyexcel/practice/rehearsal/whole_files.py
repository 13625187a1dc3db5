"""Faults of the file itself, of its shape and of whose it is (F, S, I)."""

from typing import Final

from msgspec.structs import replace

from wyexcel.files.address import a1, parse
from wyexcel.files.writing.sheet import Row
from wyexcel.forms.asked import FormField
from wyexcel.forms.blank import form
from wyexcel.forms.main_sheet import MEASURE_COLUMN, NAME_COLUMN
from wyexcel.plan.units import WHOLE
from wyexcel.practice.rehearsal import quarters, remakes
from wyexcel.practice.rehearsal.fault import Table, Turn
from wyexcel.practice.rehearsal.paper import FORM, IDENTITY, SLOTS, Paper

WHOLE_FILES: Final = Table()

INDUSTRY: Final = "市经信局"
COMMITTEE: Final = "市工业园区管委会"
SCIENCE: Final = "市科技局"
TRADE: Final = "市商务局"
INVESTMENT: Final = quarters.INVESTMENT

_AGAIN: Final = "用“下发”文件夹里本单位的填报表重新填报。"


@WHOLE_FILES.fault("F01", SCIENCE, did="文件只传了一半", mend="请单位重新发送完整的文件。")
def a_transfer_that_broke_off(paper: Paper) -> Paper:
    """Only half of the file arrives."""
    return paper.remade(remakes.broken_off)


@WHOLE_FILES.fault(
    "F02", SCIENCE, did="文件设了打开密码（仅样子，并无内容）", mend="请单位取消密码后重报。"
)
def a_password(paper: Paper) -> Paper:
    """The file cannot be opened without a password."""
    return paper.remade(remakes.locked)


@WHOLE_FILES.fault(
    "F03", SCIENCE, did="把打开表格时留下的临时文件也拷来了", mend="不用处理，可以删掉它。"
)
def a_lock_file(paper: Paper) -> Paper:
    """What lies beside an open workbook was copied too."""
    return replace(paper.remade(remakes.lock_file), file=f"~${paper.file}")


@WHOLE_FILES.fault(
    "F04", SCIENCE, did="同一份文件换了名字又发一遍", mend="不用处理，只算一份。", turn=Turn.AFTER
)
def the_same_once_more(paper: Paper) -> Paper:
    """The same content comes under another name."""
    return paper


@WHOLE_FILES.fault(
    "F05",
    SCIENCE,
    did="换了填表人又报一份，没说是更正",
    mend="问清用哪一份；系统采用后收到的，前一份留存。",
    turn=Turn.AFTER,
)
def a_second_version(paper: Paper) -> Paper:
    """Another acceptable form of the same unit comes."""
    slot = paper.slot(FormField.PREPARER)
    return paper.wrote(slot.sheet, slot.cell, "王演练").at(None)


@WHOLE_FILES.fault(
    "F06", INDUSTRY, did="填了没有算过的公式", mend="改成直接填数，或打开后按 Ctrl+S 再报。"
)
def a_formula_without_result(paper: Paper) -> Paper:
    """A cell holds a formula that no program ever calculated."""
    slot = paper.number_slot("C02")
    return paper.remade(remakes.uncalculated(slot.cell)).at(slot.sheet, slot.cell)


@WHOLE_FILES.fault(
    "F07", SCIENCE, did="引用了单位自己电脑上的另一个文件", mend="改成直接填数，断开链接。"
)
def a_link_to_another_file(paper: Paper) -> Paper:
    """The workbook takes values from another one."""
    return paper.remade(remakes.linked)


@WHOLE_FILES.fault(
    "F08", SCIENCE, did="在填报表里加了宏，存成 .xlsm", mend=f"{_AGAIN}系统不运行宏。"
)
def a_macro(paper: Paper) -> Paper:
    """The workbook carries a program."""
    return replace(paper, macros=True, file=paper.file.replace(".xlsx", ".xlsm"))


@WHOLE_FILES.fault(
    "F09", SCIENCE, did="文件名写成了别的单位", mend="不用退回，按表内单位登记；提醒下次写对。"
)
def another_name_on_the_file(paper: Paper) -> Paper:
    """The file's name names another unit."""
    slot = paper.slot(FormField.PREPARER)
    signed = paper.wrote(slot.sheet, slot.cell, "李演练").at(None)
    return replace(signed, file=paper.file.replace(SCIENCE, "商务局数据"))


@WHOLE_FILES.fault("S01", SCIENCE, did="没有用下发的表，自己画了一张", mend=_AGAIN)
def a_form_of_ones_own(paper: Paper) -> Paper:
    """The workbook is none that was issued."""
    return replace(paper, sheets=[s for s in paper.sheets if s.name not in {IDENTITY, SLOTS}])


@WHOLE_FILES.fault(
    "S02", SCIENCE, did="用了以前的填报表，缺一项指标", mend="用最新下发的填报表重新填报。"
)
def an_old_form(paper: Paper) -> Paper:
    """The form does not ask for everything that is owed now."""
    older = paper.edited(
        SLOTS, lambda rows: [row for row in rows if row.cells[0] and row.cells[0].value != "C07"]
    )
    return older.wrote(IDENTITY, "B5", "0123456789abcdef").at(None)


@WHOLE_FILES.fault("S03", INDUSTRY, did="名单工作表改了名", mend="把工作表名改回原样。")
def a_renamed_sheet(paper: Paper) -> Paper:
    """A sheet that is read has another name."""
    sheet = paper.plan.element["C09"].sheet
    sheets = [replace(s, name="项目表") if s.name == sheet else s for s in paper.sheets]
    return replace(paper, sheets=sheets).at(sheet)


@WHOLE_FILES.fault(
    "S04", INDUSTRY, did="在表中间插入了一行", mend="删掉插入的行，补充内容写在“说明”栏。"
)
def an_inserted_row(paper: Paper) -> Paper:
    """A row was put between those of the form."""
    row = parse(paper.number_slot("C05").cell)[0]
    moved = paper.edited(FORM, lambda rows: [*rows[:row], Row((), 20), *rows[row:]])
    return moved.at(FORM, a1(row, NAME_COLUMN))


@WHOLE_FILES.fault("S05", INDUSTRY, did="改了指标名称", mend="恢复原来的指标名称。")
def a_renamed_label(paper: Paper) -> Paper:
    """The words beside a number were changed."""
    row = parse(paper.number_slot("C05").cell)[0]
    return paper.wrote(FORM, a1(row, NAME_COLUMN), "企业营业收入（含税）")


@WHOLE_FILES.fault("S06", INDUSTRY, did="把填了数的一行隐藏了", mend="取消隐藏，确认这一行的数。")
def a_hidden_row(paper: Paper) -> Paper:
    """A row with a number in it is hidden."""
    slot = paper.number_slot("C02")
    return paper.remade(remakes.hidden(slot.cell)).at(slot.sheet, slot.cell)


@WHOLE_FILES.fault("S07", INDUSTRY, did="把上下两个填报格合并了", mend="取消合并，每格填一个数。")
def merged_cells(paper: Paper) -> Paper:
    """Two cells that ask for numbers were made one."""
    first, second = paper.number_slot("C01").cell, paper.number_slot("C02").cell
    merged = paper.put(FORM, first, lambda cell: replace(cell, down=2))
    return merged.put(FORM, second, lambda _cell: None).at(FORM, f"{first}:{second}")


@WHOLE_FILES.fault(
    "S08", SCIENCE, did="在网页版里编辑，内部名称坏了", mend="用桌面版 Excel/WPS 重新填报。"
)
def a_broken_name(paper: Paper) -> Paper:
    """A name of the workbook points to a place that is gone."""
    return paper.remade(remakes.named_in_vain("填报区域"))


@WHOLE_FILES.fault(
    "S09", INDUSTRY, did="解除保护，改了计量单位", mend="恢复原来的计量单位，按它填数。"
)
def a_changed_measure(paper: Paper) -> Paper:
    """A locked cell says something else."""
    row = parse(paper.number_slot("C02").cell)[0]
    return paper.wrote(FORM, a1(row, MEASURE_COLUMN), "亿元")


@WHOLE_FILES.fault(
    "S10", SCIENCE, did="在表外写了一段话", mend="要说明的写在“说明”栏，表外的不会被读取。"
)
def words_beside_the_form(paper: Paper) -> Paper:
    """Something stands right of the form."""
    column = form.layout(paper.plan, paper.unit, paper.period).main.remark_column + 2
    return paper.wrote(FORM, a1(parse(paper.number_slot("C07").cell)[0], column), "已和统计局核过")


@WHOLE_FILES.fault("I01", SCIENCE, did="表里的填报单位不是应报单位", mend=_AGAIN)
def a_unit_that_need_not_report(paper: Paper) -> Paper:
    """The form says that it is from a unit that owes none."""
    return paper.wrote(IDENTITY, "B3", "市统计局").at(None)


@WHOLE_FILES.fault("I02", SCIENCE, did="交来的是上一期的表", mend="用本期下发的填报表重新填报。")
def the_last_period(paper: Paper) -> Paper:
    """The form is one of another period."""
    return paper.wrote(IDENTITY, "B4", str(quarters.PAST[-1])).at(None)


@WHOLE_FILES.fault("I05", INDUSTRY, did="没有写联系电话", mend="请单位补填后重报。")
def nobody_to_call(paper: Paper) -> Paper:
    """The form does not say how to reach who filled it."""
    slot = paper.slot(FormField.PHONE)
    return paper.wrote(slot.sheet, slot.cell, None)


@WHOLE_FILES.fault(
    "I07", INVESTMENT, did="表里还是单位更名前的名称", mend="不用退回，已按新名称登记。"
)
def a_former_name(paper: Paper) -> Paper:
    """The form names its unit as it was called before."""
    return paper.wrote(IDENTITY, "B3", quarters.FORMER).at(None)


@WHOLE_FILES.fault(
    "I03", SCIENCE, did="填了不归本单位报的指标", mend="不参加汇总；确需提供的请单位注明。"
)
def a_number_nobody_asked_for(paper: Paper) -> Paper:
    """The form asks for what its unit does not answer for, as one made for another does."""
    trade = next(i for i in paper.plan.indicators if "C14" in i.elements)
    asked = [
        replace(i, units=(*i.units, SCIENCE)) if i is trade else i for i in paper.plan.indicators
    ]
    other = replace(paper.plan, indicators=tuple(asked))
    return _issued(paper, quarters.paper(other, SCIENCE, paper.period), "C14", WHOLE)


@WHOLE_FILES.fault(
    "U04", INDUSTRY, did="用了管委会的表样，分园区填数", mend="分园区数以管委会为准，仅作核对。"
)
def parks_of_another_unit(paper: Paper) -> Paper:
    """A unit gives numbers by park that are another's to give."""
    other = replace(paper.plan, breakdown=INDUSTRY)
    issued = quarters.paper(other, INDUSTRY, paper.period)
    for (element, park), value in quarters.filled(
        paper.plan, INDUSTRY, paper.period
    ).answers.items():
        issued = issued.typed(element, value, park)
    last = issued.number_slot("C02", other.places[-1])
    there = _issued(paper, issued, "C02", other.places[0])
    return there.at(there.sheet, f"{there.cell}:{last.cell}")


def _issued(paper: Paper, issued: Paper, element: str, park: str) -> Paper:
    """*paper* on the form *issued*, the mistake in the cell of *element* for *park*."""
    slot = issued.number_slot(element, park)
    return replace(paper, sheets=issued.sheets).at(slot.sheet, slot.cell)


@WHOLE_FILES.fault("I04", TRADE, did="没有报送（没有它的文件）", mend="看催报单，打电话催报。")
def nothing_came(paper: Paper) -> Paper:
    """A unit sends nothing."""
    return replace(paper, withheld=True)


@WHOLE_FILES.fault(
    "U05",
    TRADE,
    did="主报单位没有报，只有核对单位报了（没有它的文件）",
    mend="催主报单位报送；没有之前暂用核对单位的数。",
    seen_with=COMMITTEE,
)
def only_the_other_unit_reported(paper: Paper) -> Paper:
    """The unit whose value counts sends nothing, another responsible one does."""
    return replace(paper, withheld=True)
