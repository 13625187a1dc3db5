"""Faults of the file itself, of its shape and of whose it is (F, S, I)."""

from typing import Final

from msgspec.structs import replace

from wyexcel.files.address import a1, parse
from wyexcel.files.writing.sheet import Part, Row, Sheet, row
from wyexcel.forms import layout
from wyexcel.forms.asked import FormField
from wyexcel.forms.layout import IDENTITY, SLOTS
from wyexcel.forms.main_sheet import MEASURE_COLUMN, NAME_COLUMN
from wyexcel.forms.slot import FORM
from wyexcel.plan.responsible_units import WHOLE
from wyexcel.practice.rehearsal import cell_note, correct_forms, file_rewrites
from wyexcel.practice.rehearsal.draft_form import DraftForm
from wyexcel.practice.rehearsal.mistake import ArrivalOrder, MistakeTable
from wyexcel.practice.rehearsal.unit_names import (
    COMMITTEE,
    FORMER_INVESTMENT,
    INDUSTRY,
    INVESTMENT,
    SCIENCE,
    TRADE,
)

FILE_MISTAKES: Final = MistakeTable()


_FILL_AGAIN: Final = "用“下发”文件夹里本单位的填报表重新填报。"


@FILE_MISTAKES.mistake("F01", SCIENCE, did="文件只传了一半", mend="请单位重新发送完整的文件。")
def a_transfer_that_broke_off(draft: DraftForm) -> DraftForm:
    """Only half of the file arrives."""
    return draft.rewrite_file(file_rewrites.cut_in_half)


@FILE_MISTAKES.mistake(
    "F02", SCIENCE, did="文件设了打开密码（仅样子，并无内容）", mend="请单位取消密码后重报。"
)
def a_password(draft: DraftForm) -> DraftForm:
    """The file cannot be opened without a password."""
    return draft.rewrite_file(file_rewrites.lock_with_password)


@FILE_MISTAKES.mistake(
    "F03", SCIENCE, did="把打开表格时留下的临时文件也拷来了", mend="不用处理，可以删掉它。"
)
def a_lock_file(draft: DraftForm) -> DraftForm:
    """What lies beside an open workbook was copied too."""
    return replace(draft.rewrite_file(file_rewrites.replace_by_lock_file), file=f"~${draft.file}")


@FILE_MISTAKES.mistake(
    "F04",
    SCIENCE,
    did="同一份文件换了名字又发一遍",
    mend="不用处理，只算一份。",
    arrival=ArrivalOrder.AFTER,
)
def the_same_once_more(draft: DraftForm) -> DraftForm:
    """The same content comes under another name."""
    return draft


@FILE_MISTAKES.mistake(
    "F05",
    SCIENCE,
    did="换了填表人又报一份，没说是更正",
    mend="问清用哪一份；系统采用后收到的，前一份留存。",
    arrival=ArrivalOrder.AFTER,
)
def a_second_version(draft: DraftForm) -> DraftForm:
    """Another acceptable form of the same unit comes."""
    slot = draft.slot(FormField.PREPARER)
    return draft.write_cell(slot.sheet, slot.cell, "王演练").mistake_at(None)


@FILE_MISTAKES.mistake(
    "F06", INDUSTRY, did="填了没有算过的公式", mend="改成直接填数，或打开后按 Ctrl+S 再报。"
)
def a_formula_without_result(draft: DraftForm) -> DraftForm:
    """A cell holds a formula that no program ever calculated."""
    slot = draft.number_slot("C02")
    return draft.rewrite_file(file_rewrites.leave_uncalculated(slot.cell)).mistake_at(
        slot.sheet, slot.cell
    )


@FILE_MISTAKES.mistake(
    "F07", SCIENCE, did="引用了单位自己电脑上的另一个文件", mend="改成直接填数，断开链接。"
)
def a_link_to_another_file(draft: DraftForm) -> DraftForm:
    """The workbook takes values from another one."""
    return draft.rewrite_file(file_rewrites.add_external_link)


@FILE_MISTAKES.mistake(
    "F08", SCIENCE, did="在填报表里加了宏，存成 .xlsm", mend=f"{_FILL_AGAIN}系统不运行宏。"
)
def a_macro(draft: DraftForm) -> DraftForm:
    """The workbook carries a program."""
    return replace(draft, macros=True, file=draft.file.replace(".xlsx", ".xlsm"))


@FILE_MISTAKES.mistake(
    "F09", SCIENCE, did="文件名写成了别的单位", mend="不用退回，按表内单位登记；提醒下次写对。"
)
def another_name_on_the_file(draft: DraftForm) -> DraftForm:
    """The file's name names another unit."""
    slot = draft.slot(FormField.PREPARER)
    signed = draft.write_cell(slot.sheet, slot.cell, "李演练").mistake_at(None)
    return replace(signed, file=draft.file.replace(SCIENCE, "商务局数据"))


@FILE_MISTAKES.mistake("S01", SCIENCE, did="没有用下发的表，自己画了一张", mend=_FILL_AGAIN)
def a_form_of_ones_own(draft: DraftForm) -> DraftForm:
    """The workbook is none that was issued."""
    return replace(draft, sheets=[s for s in draft.sheets if s.name not in {IDENTITY, SLOTS}])


@FILE_MISTAKES.mistake(
    "S02", SCIENCE, did="用了以前的填报表，缺一项指标", mend="用最新下发的填报表重新填报。"
)
def an_old_form(draft: DraftForm) -> DraftForm:
    """The form does not ask for everything that is owed now."""
    older = draft.change_rows(
        SLOTS, lambda rows: [row for row in rows if row.cells[0] and row.cells[0].value != "C07"]
    )
    return older.write_cell(IDENTITY, "B5", "0123456789abcdef").mistake_at(None)


@FILE_MISTAKES.mistake("S03", INDUSTRY, did="名单工作表改了名", mend="把工作表名改回原样。")
def a_renamed_sheet(draft: DraftForm) -> DraftForm:
    """A sheet that is read has another name."""
    sheet = draft.plan.element["C09"].sheet
    sheets = [replace(s, name="项目表") if s.name == sheet else s for s in draft.sheets]
    return replace(draft, sheets=sheets).mistake_at(sheet)


@FILE_MISTAKES.mistake(
    "S04", INDUSTRY, did="在表中间插入了一行", mend="删掉插入的行，补充内容写在“说明”栏。"
)
def an_inserted_row(draft: DraftForm) -> DraftForm:
    """A row was put between those of the form."""
    row = parse(draft.number_slot("C05").cell)[0]
    moved = draft.change_rows(FORM, lambda rows: [*rows[:row], Row((), 20), *rows[row:]])
    return moved.mistake_at(FORM, a1(row, NAME_COLUMN))


@FILE_MISTAKES.mistake("S05", INDUSTRY, did="改了指标名称", mend="恢复原来的指标名称。")
def a_renamed_label(draft: DraftForm) -> DraftForm:
    """The words beside a number were changed."""
    row = parse(draft.number_slot("C05").cell)[0]
    return draft.write_cell(FORM, a1(row, NAME_COLUMN), "企业营业收入（含税）")


@FILE_MISTAKES.mistake(
    "S06", INDUSTRY, did="把填了数的一行隐藏了", mend="取消隐藏，确认这一行的数。"
)
def a_hidden_row(draft: DraftForm) -> DraftForm:
    """A row with a number in it is hidden."""
    slot = draft.number_slot("C02")
    return draft.rewrite_file(file_rewrites.hide_row(slot.cell)).mistake_at(slot.sheet, slot.cell)


@FILE_MISTAKES.mistake(
    "S07", INDUSTRY, did="把上下两个填报格合并了", mend="取消合并，每格填一个数。"
)
def merged_cells(draft: DraftForm) -> DraftForm:
    """Two cells that ask for numbers were made one."""
    first, second = draft.number_slot("C01").cell, draft.number_slot("C02").cell
    merged = draft.change_cell(FORM, first, lambda cell: replace(cell, down=2))
    return merged.change_cell(FORM, second, lambda _cell: None).mistake_at(
        FORM, f"{first}:{second}"
    )


@FILE_MISTAKES.mistake(
    "S08", SCIENCE, did="在网页版里编辑，打印区域坏了", mend="用桌面版 Excel/WPS 重新填报。"
)
def a_broken_name(draft: DraftForm) -> DraftForm:
    """What is printed of the form is a place that is gone."""
    return draft.rewrite_file(file_rewrites.break_print_area).mistake_at(FORM)


@FILE_MISTAKES.mistake(
    "S09", INDUSTRY, did="解除保护，改了计量单位", mend="恢复原来的计量单位，按它填数。"
)
def a_changed_measure(draft: DraftForm) -> DraftForm:
    """A locked cell says something else."""
    row = parse(draft.number_slot("C02").cell)[0]
    return draft.write_cell(FORM, a1(row, MEASURE_COLUMN), "亿元")


@FILE_MISTAKES.mistake(
    "S10", SCIENCE, did="在表外写了一段话", mend="要说明的写在“说明”栏，表外的不会被读取。"
)
def words_beside_the_form(draft: DraftForm) -> DraftForm:
    """Something stands right of the form."""
    column = layout.layout(draft.plan, draft.unit, draft.period).main.remark_column + 2
    return draft.write_cell(
        FORM, a1(parse(draft.number_slot("C07").cell)[0], column), "已和统计局核过"
    )


@FILE_MISTAKES.mistake(
    "S11", INDUSTRY, did="把另一个数写进了批注", mend="批注不汇总；请单位把要报的数填进格里。"
)
def a_number_in_a_note(draft: DraftForm) -> DraftForm:
    """A note on a number cell says another number."""
    slot = draft.number_slot("C02")
    noted = draft.rewrite_file(cell_note.put_note(slot.cell, "应为 186000"))
    return noted.mistake_at(slot.sheet, slot.cell)


@FILE_MISTAKES.mistake("I01", SCIENCE, did="表里的填报单位不是应报单位", mend=_FILL_AGAIN)
def a_unit_that_need_not_report(draft: DraftForm) -> DraftForm:
    """The form says that it is from a unit that owes none."""
    return draft.write_cell(IDENTITY, "B3", "市统计局").mistake_at(None)


@FILE_MISTAKES.mistake(
    "I02", SCIENCE, did="交来的是上一期的表", mend="用本期下发的填报表重新填报。"
)
def the_last_period(draft: DraftForm) -> DraftForm:
    """The form is one of another period."""
    return draft.write_cell(IDENTITY, "B4", str(correct_forms.PAST[-1])).mistake_at(None)


@FILE_MISTAKES.mistake("I05", INDUSTRY, did="没有写联系电话", mend="请单位补填后重报。")
def nobody_to_call(draft: DraftForm) -> DraftForm:
    """The form does not say how to reach who filled it."""
    slot = draft.slot(FormField.PHONE)
    return draft.write_cell(slot.sheet, slot.cell, None)


@FILE_MISTAKES.mistake(
    "I07", INVESTMENT, did="表里还是单位更名前的名称", mend="不用退回，已按新名称登记。"
)
def a_former_name(draft: DraftForm) -> DraftForm:
    """The form names its unit as it was called before."""
    return draft.write_cell(IDENTITY, "B3", FORMER_INVESTMENT).mistake_at(None)


@FILE_MISTAKES.mistake(
    "I03", SCIENCE, did="填了不归本单位报的指标", mend="不参加汇总；确需提供的请单位注明。"
)
def a_number_nobody_asked_for(draft: DraftForm) -> DraftForm:
    """The form asks for what its unit does not answer for, as one made for another does."""
    trade = next(i for i in draft.plan.indicators if "C14" in i.elements)
    asked = [
        replace(i, units=(*i.units, SCIENCE)) if i is trade else i for i in draft.plan.indicators
    ]
    other = replace(draft.plan, indicators=tuple(asked))
    return _on_issued(draft, correct_forms.correct_form(other, SCIENCE, draft.period), "C14", WHOLE)


@FILE_MISTAKES.mistake(
    "U04", INDUSTRY, did="用了管委会的表样，分园区填数", mend="分园区数以管委会为准，仅作核对。"
)
def parks_of_another_unit(draft: DraftForm) -> DraftForm:
    """A unit gives numbers by park that are another's to give."""
    other = replace(draft.plan, breakdown=INDUSTRY)
    issued = correct_forms.correct_form(other, INDUSTRY, draft.period)
    for (element, park), value in correct_forms.correct_submission(
        draft.plan, INDUSTRY, draft.period
    ).answers.items():
        issued = issued.type_number(element, value, park)
    last = issued.number_slot("C02", other.places[-1])
    spoilt = _on_issued(draft, issued, "C02", other.places[0])
    return spoilt.mistake_at(spoilt.sheet, f"{spoilt.cell}:{last.cell}")


def _on_issued(draft: DraftForm, issued: DraftForm, element: str, park: str) -> DraftForm:
    """*draft* on the form *issued*, the mistake in the cell of *element* for *park*."""
    slot = issued.number_slot(element, park)
    return replace(draft, sheets=issued.sheets).mistake_at(slot.sheet, slot.cell)


@FILE_MISTAKES.mistake("I04", TRADE, did="没有报送（没有它的文件）", mend="看催报单，打电话催报。")
def nothing_came(draft: DraftForm) -> DraftForm:
    """A unit sends nothing."""
    return replace(draft, withheld=True)


@FILE_MISTAKES.mistake(
    "U05",
    TRADE,
    did="主报单位没有报，只有核对单位报了（没有它的文件）",
    mend="催主报单位报送；没有之前暂用核对单位的数。",
    seen_with=COMMITTEE,
)
def only_the_other_unit_reported(draft: DraftForm) -> DraftForm:
    """The unit whose value counts sends nothing, another responsible one does."""
    return replace(draft, withheld=True)


@FILE_MISTAKES.mistake(
    "F10",
    SCIENCE,
    did="表里多了一张名为 wyexcel.conf 的隐藏工作表",
    mend="删除该工作表后重报；这样的表不要在 Excel 里点加载项的按钮。",
)
def a_sheet_that_chooses_a_program(draft: DraftForm) -> DraftForm:
    """A hidden sheet says which program an add-in starts."""
    name = "wyexcel.conf"
    rows = (row(Part.TEXT, "Interpreter_Win", r"C:\演练\python.exe"),)
    sheet = Sheet(name=name, rows=rows, widths=(60, 60), hidden=True)
    return replace(draft, sheets=(*draft.sheets, sheet)).mistake_at(name)


@FILE_MISTAKES.mistake(
    "I08",
    SCIENCE,
    did="把市商务局的“填报”表也放在本单位的文件里",
    mend="请那家单位用自己的文件报送；本单位的文件里删去这张表。",
)
def a_form_of_another_unit_inside(draft: DraftForm) -> DraftForm:
    """The main sheet of another unit's form lies in the workbook too."""
    other = correct_forms.correct_form(draft.plan, TRADE, draft.period)
    [sheet] = [replace(s, name=f"{FORM} (2)") for s in other.sheets if s.name == FORM]
    return replace(draft, sheets=(*draft.sheets, sheet)).mistake_at(sheet.name, "A1")


@FILE_MISTAKES.mistake(
    "F11",
    SCIENCE,
    did="在填报表旁边放了盖章扫描件（仅样子，并无内容）",
    mend="不用退回，合并时同该单位的填报表一起归档。",
)
def a_stamped_copy_beside_the_form(draft: DraftForm) -> DraftForm:
    """A stamped copy comes beside the form."""
    scanned = replace(draft, file=draft.file.replace(".xlsx", "盖章件.pdf"))
    return scanned.rewrite_file(file_rewrites.replace_by_pdf)


@FILE_MISTAKES.mistake(
    "F12",
    SCIENCE,
    did="把填报表打成压缩包报送",
    mend="不用处理，里面的表已逐个读取；以后请直接报送填报表。",
)
def an_archive_of_forms(draft: DraftForm) -> DraftForm:
    """The form comes packed in an archive."""
    signed = draft.answer(FormField.PREPARER, "李演练")
    packed = replace(signed, file=signed.file.replace(".xlsx", ".zip"))
    return packed.rewrite_file(file_rewrites.pack_in_archive).mistake_at(None)
