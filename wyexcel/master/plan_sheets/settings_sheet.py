"""设置: what the plan is called, and what the office may set."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from msgspec.structs import replace

from wyexcel.errors import BadPlan
from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import NO, YES, SheetCells, TableRow
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet
from wyexcel.master.plan_sheets import holiday_block, issue_block, rows, rule_block
from wyexcel.master.plan_sheets.directory import Directory
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.plan.settings import Settings
from wyexcel.plan.sheet_names import PlanSheet
from wyexcel.plan.status import Method
from wyexcel.plan.wording import YEAR, Wording

HEADINGS: Final = ("项目", "值", "说明")
CUMULATIVE: Final = "累计"
SINGLE: Final = "当季"

_WIDTHS: Final = (46.0, 84.0, 100.0)
_OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "判定方法": tuple(Method),
    "季度计划填法": (CUMULATIVE, SINGLE),
    "连续欠进度升级": rows.YES_NO,
}
_DAYS: Final = "督办反馈（发出后天数）"
_COPIES: Final = "抄送单位"
_PRINTER: Final = "印发机关"
_MONTH_DUE: Final = "月报截止（次月几日）"
_QUARTER_DUE: Final = "季报截止（次月几日）"
_YEAR_DUE: Final = "年报截止（次年1月几日）"
_OLD_DUE: Final = "报送截止（期末后天数）"
"""What an older master has in place of the three."""
_MOVED: Final = "遇节假日顺延到下一个工作日；下发时定下、印在填报表上，以后不变。"
_ABOUT: Final[Mapping[str, str]] = {
    "计划名称": "方案的全称，印在通报中。",
    "计划版本": "写在填报表中；目标或口径有改动时请改版本。",
    "来源": "目标出自哪份文件。",
    "判定方法": "达成率：实际÷应达；百分点：完成率－应达（时序或计划进度）。分档在“判定规则”中。",
    _MONTH_DUE: f"月报在期末以后多少天内报（次月几日）。{_MOVED}",
    _QUARTER_DUE: f"3、6、9月的报表（季报）在期末以后多少天内报（次月几日）。{_MOVED}",
    _YEAR_DUE: f"12月的报表（年报）在期末以后多少天内报（次年1月几日）。{_MOVED}",
    "季度计划填法": "“基期与分解”的季度计划是到季末的累计数，还是当季的数。",
    "连续欠进度升级": "连续两期欠进度的，第二期起印红色、注“连续n期”，状态不变；达成率95%起除外。",
    "跨来源容差（%）": "两个单位报同一个金额，相差超过主报数的百分之几列入差异核对；个数必须相同。",
    "汇总单位": "印在各表的左上角。",
    "发文单位": "通报的署名。",
    _COPIES: "印在通报最后的版记里，单位之间用逗号，最后写句号；空着不印。",
    _PRINTER: "印在版记里；空着印“发文单位”加“办公室”。",
    "数据标识": "填了以后印在每张表上，如“示例数据”；正式使用时留空。",
    "联系人": "印在催报单、退回单、核实单、督办单下方；空着不印。",
    "联系电话": "空着则印“责任单位”里汇总单位的电话。",
    _DAYS: "督办单要求在发出以后多少天内反馈原因、措施、预计完成时间。",
}
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "操作台题名": ("desk", "印在操作台的第一行。"),
    "填报表题名": ("form", "印在填报表的第一行，后面加报告期。"),
    "完成情况表题名": ("table", "通报附件1的题名，后面加报告期。"),
    "通报事项": ("bulletin", "通报题目“关于……完成情况的通报”中间的字；换行处题目也换行。"),
    "函件事项": (
        "letters",
        "催报单、退回单、核实单、督办单题目中报告期后面的字；换行处题目也换行。",
    ),
    "工作要求": ("occasion", "通报和函件开头“按照《方案》……要求”引用的字；没有的空着。"),
    "文号格式": ("number", f"“发文”里没有写文号时印在通报上，“{YEAR}”换成签发的年份。"),
}
"""Each word that is printed: its field of `Wording`, and what it is for."""
_MAY_BE_BLANK: Final = "工作要求"
_DUE: Final = (_MONTH_DUE, _QUARTER_DUE, _YEAR_DUE)
_ADDED: Final = frozenset({"联系人", "联系电话", _DAYS, _COPIES, _PRINTER, *_DUE, *_WORDS})
"""Settings that an older master need not have."""


class OfficeSettings(NamedTuple):
    """What the sheet holds: the plan's title, version and source, settings, and wording."""

    title: str
    version: str
    source: str
    settings: Settings
    wording: Wording


def describe(plan: Plan) -> Sheet:
    """The sheet 设置."""
    values = _values(plan)
    first = 3
    levels = rule_block.describe(plan, _WIDTHS)
    last = first + len(values) + len(levels) - 1
    holidays = holiday_block.describe(plan, _WIDTHS)
    return Sheet(
        name=PlanSheet.SETTINGS,
        rows=(
            rows.title("设置", len(_WIDTHS)),
            rows.block("一、基本设置", len(_WIDTHS)),
            rows.heading(*HEADINGS),
            *(_row(name, cell) for name, cell in values.items()),
            *levels,
            *holidays,
            *issue_block.describe(plan, _WIDTHS),
        ),
        widths=_WIDTHS,
        page=Page(repeat=(0, 0)),
        freeze=(first, 1),
        choices=(
            *(
                rows.choice(1, at, at, _OPTIONS[name])
                for at, name in enumerate(values, start=first)
                if name in _OPTIONS
            ),
            rows.choice(1, last - len(levels) + 3, last, rule_block.OPTIONS),
            rows.choice(1, last + 3, last + len(holidays), holiday_block.OPTIONS),
        ),
    )


def _values(plan: Plan) -> dict[str, Cell]:
    settings = plan.settings
    return {
        "计划名称": rows.typed(plan.title),
        "计划版本": rows.typed(plan.version),
        "来源": rows.typed(plan.source),
        "判定方法": rows.typed(settings.method.value),
        _MONTH_DUE: _number(settings.month_days),
        _QUARTER_DUE: _number(settings.quarter_days),
        _YEAR_DUE: _number(settings.year_days),
        "季度计划填法": rows.typed(CUMULATIVE if settings.quarter_plans_cumulative else SINGLE),
        "连续欠进度升级": rows.typed(YES if settings.escalate else NO),
        "跨来源容差（%）": _number(settings.source_tolerance),
        "汇总单位": rows.typed(settings.compiler),
        "发文单位": rows.typed(settings.issuer),
        _COPIES: rows.typed(settings.copies),
        _PRINTER: rows.typed(settings.printer),
        "数据标识": rows.typed(settings.mark),
        "联系人": rows.typed(settings.contact),
        "联系电话": rows.typed(settings.phone),
        _DAYS: _number(settings.reply_days),
        **{name: rows.typed(getattr(plan.wording, word)) for name, (word, _) in _WORDS.items()},
    }


def _number(value: Decimal | int) -> Cell:
    return replace(rows.number(value), part=Part.INPUT)


def _row(name: str, cell: Cell) -> Row:
    about = _ABOUT[name] if name in _ABOUT else _WORDS[name][1]
    return Row(
        (Cell(value=name, part=Part.TEXT), cell, Cell(value=about, part=Part.TEXT)),
        rows.height((str(cell.value or ""), _WIDTHS[1]), (about, _WIDTHS[2])),
    )


def read(sheet: SheetCells, directory: Directory) -> OfficeSettings:
    """The plan's words and the settings; a setting whose row is gone is refused."""
    lines = {line.text("项目"): line for line in tables.table_rows(sheet, HEADINGS)}
    for name in _ABOUT:
        if name not in lines and name not in _ADDED:
            message = f"主工作簿“{sheet.name}”缺少“{name}”一行，请补上。"
            raise BadPlan(message)
    if not {_QUARTER_DUE, _OLD_DUE} & lines.keys():
        message = f"主工作簿“{sheet.name}”缺少“{_QUARTER_DUE}”一行，请补上。"
        raise BadPlan(message)
    return OfficeSettings(
        title=lines["计划名称"].required("值"),
        version=lines["计划版本"].required("值"),
        source=lines["来源"].text("值"),
        settings=replace(
            _settings(lines, directory),
            levels=rule_block.read(sheet),
            holidays=holiday_block.read(sheet),
            issues=issue_block.read(sheet),
        ),
        wording=_wording(lines),
    )


def _wording(lines: Mapping[str, TableRow]) -> Wording:
    """The words that are printed; those that a master of an earlier version lacks, as packaged."""
    read = {
        word: lines[name].text("值") if name == _MAY_BE_BLANK else lines[name].required("值")
        for name, (word, _) in _WORDS.items()
        if name in lines
    }
    before = Wording() if len(read) == len(_WORDS) else official.load().wording
    return replace(before, **read)


def _settings(lines: Mapping[str, TableRow], directory: Directory) -> Settings:
    return Settings(
        method=lines["判定方法"].one_of("值", Method),
        month_days=_days(lines, (_MONTH_DUE,), Settings().month_days),
        quarter_days=_days(lines, (_QUARTER_DUE, _OLD_DUE), Settings().quarter_days),
        year_days=_days(lines, (_YEAR_DUE,), Settings().year_days),
        quarter_plans_cumulative=_cumulative(lines["季度计划填法"]),
        escalate=lines["连续欠进度升级"].yes("值"),
        source_tolerance=lines["跨来源容差（%）"].required_number("值"),
        compiler=directory.current(lines["汇总单位"].required("值")),
        issuer=lines["发文单位"].required("值"),
        copies=_optional_text(lines, _COPIES),
        printer=_optional_text(lines, _PRINTER),
        mark=lines["数据标识"].text("值"),
        contact=_optional_text(lines, "联系人"),
        phone=_optional_text(lines, "联系电话"),
        reply_days=_days(lines, (_DAYS,), Settings().reply_days),
    )


def _days(lines: Mapping[str, TableRow], names: Sequence[str], default: int) -> int:
    """How many days are set under the first of *names* that is filled, else *default*."""
    filled = (lines[name] for name in names if _optional_text(lines, name))
    return next((line.whole("值") for line in filled), default)


def _optional_text(lines: Mapping[str, TableRow], name: str) -> str:
    """What is set under *name*; "" where the row is blank or, in an older master, missing."""
    return lines[name].text("值") if name in lines else ""


def _cumulative(line: TableRow) -> bool:
    text = line.text("值")
    if text not in {CUMULATIVE, SINGLE}:
        line.refuse("值", f"填的是“{text}”，请填“{CUMULATIVE}”或“{SINGLE}”。")
    return text == CUMULATIVE
