"""责任单位 and 园区: the responsible units, and the parks and buckets of the zone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from wyexcel.errors import BadPlan
from wyexcel.files.reading import tables
from wyexcel.files.reading.tables import YES, SheetCells, TableRow
from wyexcel.files.writing.sheet import Cell, Page, Part, Row, Sheet
from wyexcel.master.plan_sheets import rows
from wyexcel.plan import official
from wyexcel.plan.plan import Plan
from wyexcel.plan.responsible_units import Unit
from wyexcel.plan.sheet_names import PlanSheet

UNIT_HEADINGS: Final = (
    "编号",
    "单位名称",
    "曾用名",
    "更名日期",
    "是否报送",
    "分园区数据来源",
    "联系电话",
)
PARK_HEADINGS: Final = ("名称", "类别", "曾用名", "说明", "填什么")

_UNIT_WIDTHS: Final = (15.0, 58.0, 52.0, 28.0, 22.0, 32.0, 40.0)
_UNIT_NOTE: Final = (
    "单位更名：只改“单位名称”一格，其他表中的旧名称照样认得，旧名称自动记为曾用名。"
    "再次更名的，把上一个名称补进“曾用名”。更名日期以前各期仍用旧名称的不提示。"
    "“是否报送”由“目标任务表”得出，不用填。“编号”不能改。分园区的数只取自填“是”的一个单位。"
)
_PARK_WIDTHS: Final = (30.0, 20.0, 34.0, 58.0, 28.0)
_PARK_NOTE: Final = (
    "各园区与其他各栏相加为全区。更名的改“名称”，旧名称填进“曾用名”，已报的数照样认得；"
    "撤并的，把原名称填进并入的那个园区的“曾用名”，已报的数计入该园区。"
    "名称须与填报表一致，更名、增减以后请重新下发填报表。"
    "“填什么”印在填报说明里，说明不属于哪个园区的填在哪一栏，如“暂时分不清的”。"
)
_PARK, _BUCKET = "园区", "其他"
_USE: Final = "填什么"
_SPARE: Final = 8


class Directory(NamedTuple):
    """The units as the office lists them, and every name by which another sheet may call one."""

    units: tuple[Unit, ...]
    breakdown: str
    names: Mapping[str, str]

    def current(self, name: str) -> str:
        """The present name of the unit called *name* somewhere in the master, else *name*."""
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
    lines = list(tables.table_rows(sheet, UNIT_HEADINGS))
    packaged = _packaged(lines)
    current = frozenset(line.text("单位名称") for line in lines)
    units = tuple(_unit(line, packaged, current) for line in lines)
    sources = [line.text("单位名称") for line in lines if line.yes("分园区数据来源")]
    if len(sources) != 1:
        message = (
            f"主工作簿“{sheet.name}”的“分园区数据来源”应当恰有一个“是”，现在有 {len(sources)} 个。"
        )
        raise BadPlan(message)
    former = {name: unit.name for unit in units for name in unit.former}
    names = former | {unit.name: unit.name for unit in units}
    return Directory(units, sources[0], names)


def _packaged(lines: Iterable[TableRow]) -> Mapping[str, str]:
    """What the official plan calls the units, by code; nothing where *lines* call them so too.

    Nothing either where they call hardly any of them so: then they are the units of another plan.
    """
    same = [official.says(line.text("编号"), line.text("单位名称")) for line in lines]
    if all(same) or sum(same) < len(same) / 2:
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
        words = "、".join(former)
        note, use = plan.place_notes.get(place, ""), plan.bucket_uses.get(place, "")
        texts = (rows.typed(text) for text in (words, note, use))
        yield Row(
            (rows.word(place), rows.word(sort), *texts),
            rows.height((words, _PARK_WIDTHS[2]), (note, _PARK_WIDTHS[3])),
        )


class Places(NamedTuple):
    """The parks and the buckets as the office lists them, and their present names by former.

    `notes` say what lies in each, `uses` what is filled into a bucket.
    """

    parks: tuple[str, ...]
    buckets: tuple[str, ...]
    former: Mapping[str, str]
    notes: Mapping[str, str]
    uses: Mapping[str, str]

    def current(self, name: str) -> str:
        """The present name of the park that is or was called *name*, else *name*."""
        return self.former.get(name, name)


def read_parks(sheet: SheetCells) -> Places:
    """The parks and the buckets of 园区; a name given to two is refused."""
    places: dict[str, list[str]] = {_PARK: [], _BUCKET: []}
    former: dict[str, str] = {}
    notes: dict[str, str] = {}
    uses: dict[str, str] = {}
    for line in tables.table_rows(sheet, PARK_HEADINGS, later=("曾用名", _USE)):
        sort, name = line.text("类别"), line.required("名称")
        if sort not in places:
            line.refuse("类别", f"填的是“{sort}”，请填“{_PARK}”或“{_BUCKET}”。")
        places[sort].append(name)
        notes[name], uses[name] = line.text("说明"), _use(line, sort, name)
        for old in line.several("曾用名"):
            if former.setdefault(old, name) != name:
                line.refuse("曾用名", f"“{old}”已是“{former[old]}”的曾用名，请只留一处。")
    return Places(
        parks=tuple(places[_PARK]),
        buckets=tuple(places[_BUCKET]),
        former=former,
        notes={name: note for name, note in notes.items() if note},
        uses={name: use for name, use in uses.items() if use},
    )


def _use(line: TableRow, sort: str, name: str) -> str:
    """What is filled into a bucket; in a master of an earlier version, as packaged."""
    if sort != _BUCKET or line.has(_USE):
        return line.text(_USE)
    packaged = official.load().bucket_uses
    return next((packaged[n] for n in (name, *line.several("曾用名")) if n in packaged), "")
