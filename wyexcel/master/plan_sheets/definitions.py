"""指标口径: how each indicator is computed, and what is asked for it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from wyexcel.errors import BadPlan
from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import SheetCells, TableRow
from wyexcel.files.writing.sheet import Cell, Choice, Page, Part, Row, Sheet
from wyexcel.master.plan_sheets import element_block, question_block, relation_block, rows
from wyexcel.master.plan_sheets.target_table import Promise
from wyexcel.plan import official
from wyexcel.plan.element import Kind
from wyexcel.plan.plan import Direction, Indicator, Plan
from wyexcel.plan.relation import RelationKind
from wyexcel.plan.sheet_names import PlanSheet

HEADINGS: Final = (
    "序号",
    "指标名称",
    "计量单位",
    "类型",
    "方向",
    "分子要素",
    "分母要素",
    "另收要素",
    "换算",
    "小数位",
    "容差（百分点）",
    "评判（是/否）",
    "力争目标",
    "口径说明",
    "印注",
    "合理下限",
    "合理上限",
)
_RANGE: Final = ("合理下限", "合理上限")

_WIDTHS: Final = (16.0, 38.0, 15.0, 20.0, 17.0, 20.0, 15.0, 19.0)
_WIDTHS_REST: Final = (18.0, 17.0, 19.0, 17.0, 19.0, 62.0, 34.0)
_WIDTHS_ADDED: Final = (20.0, 27.0, 16.0, 18.0)
_ALL: Final = _WIDTHS + _WIDTHS_REST + _WIDTHS_ADDED
_NOTE: Final = (
    "指标名称、年度任务和责任单位在“目标任务表”中改。换算是把收来的数变成印出来的数："
    "万元变亿元填 1/10000，比率变百分数填 100。评判填“否”的指标照常收数、印数，状态为“口径待确认”。"
    "名单类要素的个数由名单数出，不用填；改动要素以后请重新下发填报表。"
    "合理下限、上限只给比率填，不填的占比按 0—100。"
    "名单标准是项目够多少万元才计入，标准写法是文件里的说法。"
    "“补充于”写了某个要素的代码，本要素就随它一起请单位填，可以不填，只用来核对；"
    "“退出字样”是名单备注里写了就不再计入的词。"
)
_RELATIONS: Final = "四、要素之间的关系：填报表里的数按此核对；简称用在提示里，“应当”印在填报说明里"
_SPARE: Final = 2


def describe(plan: Plan) -> Sheet:
    """The sheet 指标口径: indicators, elements, open questions."""
    across = len(_ALL)
    first = 4
    elements = (*plan.elements, *plan.supplements)
    first_element = first + len(plan.indicators) + _SPARE + 3
    first_relation = first_element + len(elements) + _SPARE + 3 + len(plan.questions) + 3
    return Sheet(
        name=PlanSheet.DEFINITIONS,
        rows=(
            rows.title("指标口径", across),
            rows.note(_NOTE, _ALL),
            rows.block("一、指标", across),
            rows.heading(*HEADINGS),
            *(_indicator_row(indicator) for indicator in plan.indicators),
            *rows.empty(len(HEADINGS), _SPARE),
            _gap(),
            rows.block("二、数据要素", across),
            rows.heading(*element_block.HEADINGS),
            *(element_block.row(element, _ALL) for element in elements),
            *rows.empty(across, _SPARE),
            _gap(),
            rows.block("三、待确认事项", across),
            question_block.heading(),
            *(question_block.row(question, _ALL) for question in plan.questions),
            _gap(),
            rows.block(_RELATIONS, across),
            relation_block.heading(),
            *(relation_block.row(relation, _ALL) for relation in plan.relations),
            *(relation_block.blank() for _ in range(_SPARE)),
        ),
        widths=_ALL,
        page=Page(),
        freeze=(0, 2),
        choices=tuple(_choices(first, first_element, first_relation, plan)),
    )


def _gap() -> Row:
    return Row((), 12)


def _choices(indicators: int, elements: int, relations: int, plan: Plan) -> Iterator[Choice]:
    last = indicators + len(plan.indicators) + _SPARE - 1
    yield rows.choice(3, indicators, last, tuple(Kind))
    yield rows.choice(4, indicators, last, tuple(Direction))
    yield rows.choice(11, indicators, last, rows.YES_NO)
    last = elements + len(plan.elements) + len(plan.supplements) + _SPARE - 1
    yield rows.choice(3, elements, last, tuple(Kind))
    yield rows.choice(5, elements, last, rows.YES_NO)
    yield rows.choice(6, elements, last, rows.YES_NO)
    last = relations + len(plan.relations) + _SPARE - 1
    yield rows.choice(relation_block.KIND_COLUMN, relations, last, tuple(RelationKind))


def _indicator_row(i: Indicator) -> Row:
    return Row(
        (
            Cell(value=i.no, part=Part.CENTRE),
            Cell(value=i.name, part=Part.TEXT),
            rows.word(i.measure),
            rows.word(i.kind.value),
            rows.word(i.direction.value),
            *(rows.word("＋".join(codes)) for codes in (i.numerator, i.denominator, i.also)),
            rows.word(str(i.scale)),
            rows.number(i.decimals),
            rows.number(i.tolerance),
            rows.yes(i.judged),
            rows.word(i.stretch),
            rows.typed(i.definition),
            rows.typed(i.remark),
            *(rows.number(bound) for bound in i.sensible or (None, None)),
        ),
        rows.height((i.name, _ALL[1]), (i.definition, _ALL[13]), (i.remark, _ALL[14])),
    )


def read(sheet: SheetCells, promises: Sequence[Promise]) -> tuple[Indicator, ...]:
    """The indicators of the official table, each with its definition."""
    defined: dict[int, TableRow] = {}
    for line in tables.table_rows(sheet, HEADINGS, later=_RANGE):
        no = line.whole("序号")
        if no in defined:
            line.refuse("序号", f"{no} 出现了两次，请只留一行。")
        if no not in {promise.no for promise in promises}:
            line.refuse("序号", f"{no} 不在“{PlanSheet.TARGETS}”中，请核对。")
        defined[no] = line
    for promise in promises:
        if promise.no not in defined:
            message = f"主工作簿“{sheet.name}”没有第{promise.no}项“{promise.name}”，请补上一行。"
            raise BadPlan(message)
    return tuple(_indicator(promise, defined[promise.no]) for promise in promises)


def _indicator(promise: Promise, line: TableRow) -> Indicator:
    _refuse_another_name(promise, line)
    return Indicator(
        no=promise.no,
        name=promise.name,
        units=promise.units,
        targets=promise.targets,
        measure=line.required("计量单位"),
        kind=line.one_of("类型", Kind),
        direction=line.one_of("方向", Direction),
        numerator=line.several("分子要素"),
        denominator=line.several("分母要素"),
        also=line.several("另收要素"),
        scale=_scale(line),
        decimals=line.whole("小数位"),
        tolerance=line.required_number("容差（百分点）"),
        judged=line.yes("评判（是/否）"),
        stretch=line.text("力争目标"),
        definition=line.text("口径说明"),
        remark=line.text("印注"),
        sensible=_sensible(line),
    )


def _sensible(line: TableRow) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest value; in an earlier master, as packaged for the same parts."""
    if not line.has(*_RANGE):
        parts = line.several("分子要素"), line.several("分母要素")
        packaged = {(i.numerator, i.denominator): i.sensible for i in official.load().indicators}
        return packaged.get(parts)
    lowest, highest = map(line.number, _RANGE)
    if lowest is None and highest is None:
        return None
    return line.required_number(_RANGE[0]), line.required_number(_RANGE[1])


def _refuse_another_name(promise: Promise, line: TableRow) -> None:
    name = line.text("指标名称")
    if name in {"", promise.name}:
        return
    packaged = {i.name for i in official.load().indicators if i.no == promise.no}
    if name not in packaged:
        line.refuse(
            "指标名称",
            f"是“{name}”，与“{PlanSheet.TARGETS}”的“{promise.name}”不同，请改为一致。",
        )


def _scale(line: TableRow) -> Fraction:
    text = line.required("换算")
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        line.refuse("换算", f"填的是“{text}”，请填一个数或分数，如 1、100、1/10000。")
