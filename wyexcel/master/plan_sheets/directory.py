"""责任单位 and 园区: who answers for the targets, and where they are counted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from wyexcel.errors import BadPlan
from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import YES, SheetCells, TableRow
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet
from wyexcel.master.plan_sheets import rows
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.plan.sheet_names import PlanSheet
from wyexcel.plan.units import Unit

UNIT_HEADINGS: Final = (
    "编号",
    "单位名称",
    "曾用名",
    "更名日期",
    "是否报送",
    "分园区数据来源",
    "联系电话",
)
PARK_HEADINGS: Final = ("名称", "类别", "曾用名", "说明")

_UNIT_WIDTHS: Final = (15.0, 58.0, 52.0, 28.0, 22.0, 32.0, 40.0)
_UNIT_NOTE: Final = (
    "单位更名：只改“单位名称”一格，其他表中的旧名称照样认得，旧名称自动记为曾用名。"
    "再次更名的，把上一个名称补进“曾用名”。更名日期以前各期仍用旧名称的不提示。"
    "“是否报送”由“目标任务表”得出，不用填。“编号”不能改。分园区的数只取自填“是”的一个单位。"
)
_PARK_WIDTHS: Final = (34.0, 22.0, 40.0, 74.0)
_PARK_NOTE: Final = (
    "三个园区与两栏相加为全区。更名的改“名称”，旧名称填进“曾用名”，已报的数照样认得；"
    "撤并的，把原名称填进并入的那个园区的“曾用名”，已报的数计入该园区。"
    "名称须与填报表一致，更名、增减以后请重新下发填报表。"
)
_PARK, _BUCKET = "园区", "其他"
_PARKS: Final[Mapping[str, str]] = {
    "白沙": "白沙工业园：黑鸡加工、茶制品加工、中药材加工、食品制造",
    "官渡": "官渡工业园：水泥、石灰及石膏制造、石材等建筑材料制造，风光发电、新型储能",
    "青花": "青花工业园：煤炭储存、洗选、调配和煤电",
    "区内园外": "在全区范围内、不在三个园区内的企业和项目",
    "未分园区": "分不清园区或者跨园区的企业和项目",
}
_SPARE: Final = 8


class Directory(NamedTuple):
    """The units as the office lists them, and every name by which another sheet may call one."""

    units: tuple[Unit, ...]
    breakdown: str
    names: Mapping[str, str]

    def current(self, name: str) -> str:
        """What the unit that *name* means is called now; *name* itself when nobody is meant."""
        return self.names.get(name, name)


def describe_units(plan: Plan) -> Sheet:
    """The sheet 责任单位."""
    reporting = frozenset(plan.reporting)
    body = [_unit_row(unit, unit.name in reporting, plan.breakdown) for unit in plan.units]
    first = 3
    return Sheet(
        name=PlanSheet.UNITS,
        rows=(
            rows.title("责任单位", len(_UNIT_WIDTHS)),
            rows.note(_UNIT_NOTE, _UNIT_WIDTHS),
            rows.heading(*UNIT_HEADINGS),
            *body,
            *rows.empty(len(_UNIT_WIDTHS), _SPARE, dates=frozenset({3})),
        ),
        widths=_UNIT_WIDTHS,
        page=Page(repeat=(2, 2)),
        freeze=(first, 2),
        choices=(rows.choice(5, first, first + len(body) + _SPARE - 1, (YES,)),),
    )


def _unit_row(unit: Unit, reports: bool, breakdown: str) -> Row:  # noqa: FBT001 — a cell's value
    former = "、".join(unit.former)
    return Row(
        (
            Cell(value=unit.code, part=Part.CENTRE),
            rows.typed(unit.name),
            rows.typed(former),
            Cell(value=unit.renamed, part=Part.INPUT_DATE),
            Cell(value=YES if reports else None, part=Part.CENTRE),
            rows.word(YES if unit.name == breakdown else ""),
            rows.typed(unit.phone),
        ),
        rows.height((unit.name, _UNIT_WIDTHS[1]), (former, _UNIT_WIDTHS[2])),
    )


def read_units(sheet: SheetCells) -> Directory:
    """The units of 责任单位, a renamed one with the name it had before."""
    found = list(tables.table_rows(sheet, UNIT_HEADINGS))
    packaged = _packaged(found)
    current = frozenset(line.text("单位名称") for line in found)
    units = tuple(_unit(line, packaged, current) for line in found)
    sources = [line.text("单位名称") for line in found if line.yes("分园区数据来源")]
    if len(sources) != 1:
        message = (
            f"主工作簿“{sheet.name}”的“分园区数据来源”应当恰有一个“是”，现在有 {len(sources)} 个。"
        )
        raise BadPlan(message)
    former = {name: unit.name for unit in units for name in unit.former}
    names = former | {unit.name: unit.name for unit in units}
    return Directory(units, sources[0], names)


def _packaged(lines: Iterable[TableRow]) -> Mapping[str, str]:
    """What the official plan calls the units, by code; nothing where *lines* call them so too."""
    if all(official.says(line.text("编号"), line.text("单位名称")) for line in lines):
        return {}
    return {unit.code: unit.name for unit in official.load().units}


def _unit(line: TableRow, packaged: Mapping[str, str], current: frozenset[str]) -> Unit:
    code, name = line.required("编号"), line.required("单位名称")
    if len(line.several("单位名称")) > 1:
        line.refuse("单位名称", f"“{name}”中有空格或标点，请只填一个单位的全称。")
    former = line.several("曾用名")
    old = packaged.get(code, name)
    return Unit(
        code=code,
        name=name,
        former=former if old in current or old in former else (*former, old),
        renamed=line.day("更名日期"),
        phone=line.text("联系电话"),
    )


def describe_parks(plan: Plan) -> Sheet:
    """The sheet 园区."""
    first, last = 3, 3 + len(plan.places) + _SPARE - 1
    return Sheet(
        name=PlanSheet.PARKS,
        rows=(
            rows.title("园区", len(_PARK_WIDTHS)),
            rows.note(_PARK_NOTE, _PARK_WIDTHS),
            rows.heading(*PARK_HEADINGS),
            *_park_rows(plan, plan.parks, _PARK),
            *_park_rows(plan, plan.buckets, _BUCKET),
            *rows.empty(len(_PARK_WIDTHS), _SPARE),
        ),
        widths=_PARK_WIDTHS,
        page=Page(orientation="portrait", repeat=(2, 2)),
        freeze=(first, 0),
        choices=(rows.choice(1, first, last, (_PARK, _BUCKET)),),
    )


def _park_rows(plan: Plan, places: tuple[str, ...], sort: str) -> Iterator[Row]:
    for place in places:
        former = [old for old, now in plan.former_places.items() if now == place]
        about = next((_PARKS[name] for name in (place, *former) if name in _PARKS), "")
        words = "、".join(former)
        cells = (rows.word(place), rows.word(sort), rows.typed(words), rows.typed(about))
        yield Row(cells, rows.height((words, _PARK_WIDTHS[2]), (about, _PARK_WIDTHS[3])))


class Places(NamedTuple):
    """The parks and the buckets as the office lists them, and their present names by former."""

    parks: tuple[str, ...]
    buckets: tuple[str, ...]
    former: Mapping[str, str]

    def current(self, name: str) -> str:
        """What the park that *name* means is called now; *name* itself when none is meant."""
        return self.former.get(name, name)


def read_parks(sheet: SheetCells) -> Places:
    """The parks and the buckets of 园区; a name given to two is refused."""
    places: dict[str, list[str]] = {_PARK: [], _BUCKET: []}
    former: dict[str, str] = {}
    for line in tables.table_rows(sheet, PARK_HEADINGS, later=("曾用名",)):
        sort, name = line.text("类别"), line.required("名称")
        if sort not in places:
            line.refuse("类别", f"填的是“{sort}”，请填“{_PARK}”或“{_BUCKET}”。")
        places[sort].append(name)
        for old in line.several("曾用名"):
            if former.setdefault(old, name) != name:
                line.refuse("曾用名", f"“{old}”已是“{former[old]}”的曾用名，请只留一处。")
    return Places(tuple(places[_PARK]), tuple(places[_BUCKET]), former)
