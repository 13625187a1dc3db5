"""A plan of another town, with codes of its own, is issued, filled, checked, judged and printed."""

import re
import zipfile
from pathlib import Path

from openpyxl import load_workbook

from tests.support import small_plan
from tests.support.answers import ask, slots
from tests.support.small_plan import DEALS, INVESTMENT, NEW_TOWN, PERIOD, PLAN, STATISTICS
from wyexcel.cli.main import main
from wyexcel.forms.asked import ListColumn
from wyexcel.plan import official
from wyexcel.stages import new_workspace

OFFICIAL = official.load()
ALIEN = re.compile(
    "|".join(
        re.escape(name)
        for name in (
            *("万源", "高质量发展", "月调度", "管委会", "三年"),
            *(unit.name for unit in OFFICIAL.units),
            *OFFICIAL.places,
            *(indicator.name for indicator in OFFICIAL.indicators if indicator.no not in {2, 6}),
        )
    )
    + r"|\bC\d\d"
)
"""What only the official plan says (a plan of another town may have units and amounts like it)."""


def send(root: Path, unit: str, **typed: int) -> None:
    """Fill the form that was issued to *unit* as another program would, and hand it in."""
    source = root / "下发" / str(PERIOD) / f"{unit}.xlsx"
    book = load_workbook(source)
    numbers = small_plan.good(unit) | {tuple(key.split("_")): n for key, n in typed.items()}
    for slot in slots(source):
        sheet, cell = book[slot["sheet"]], slot["cell"]
        if slot["kind"] == "number":
            sheet[cell] = numbers.get((slot["element"], slot["park"]))
        elif slot["element"] in {"preparer", "reviewer", "phone"}:
            sheet[cell] = "王五 0818-8600001"
        elif slot["kind"].startswith("list:") and slot["element"] == "DEALS":
            at = list(ListColumn).index(slot["kind"].removeprefix("list:"))
            for number, deal in enumerate(DEALS):
                sheet[cell].offset(number).value = deal[at] if at < len(deal) else None
    book.save(root / "报送" / str(PERIOD) / f"{unit}.xlsx")


def texts(path: Path) -> str:
    """Every word that people read in a workbook or a document."""
    if path.suffix == ".docx":
        xml = zipfile.ZipFile(path).read("word/document.xml").decode()
        return re.sub(r"<[^>]*>", "", xml.replace("<w:br/>", "\n"))
    book = load_workbook(path)
    return "\n".join(
        str(cell)
        for sheet in book
        if not sheet.title.startswith("_")
        for row in (*sheet.iter_rows(values_only=True), [sheet.title])
        for cell in row
        if cell is not None
    )


def test_it_is_lived_from_the_form_to_the_bulletin_in_its_own_words(tmp_path: Path) -> None:
    root = tmp_path / "临江"
    new_workspace.create(root, PLAN)
    assert ask(root, "issue", "2031-06").code == 0
    send(root, STATISTICS)
    send(root, NEW_TOWN, TAX_江北=13_000)

    first = ask(root, "run", "2031-06")

    assert first.code == 1
    returned = {path.name: texts(path) for path in (root / "退回" / "2031-06").rglob("*.*x")}
    urged = next(text for name, text in returned.items() if name == f"{INVESTMENT}-催报单.docx")
    assert "关于报送2031年1—6月产业新城" in urged
    assert "按照《临江县产业新城两年行动计划（2031—2032年）》“按季调度”要求" in urged
    assert "临江县人民政府办公室" in urged
    assert any("江北“入库税收”13000 大于“销售收入”12000" in text for text in returned.values())

    send(root, NEW_TOWN)
    send(root, INVESTMENT)
    assert ask(root, "run", "2031-06").code == 0
    judged = {i["no"]: i for i in ask(root, "assess", "2031-06").json["indicators"]}
    assert {no: (i["actual"], i["status"]) for no, i in judged.items()} == {
        1: (30.0, "缺基期，不评进度"),
        2: (3.0, "欠进度"),
        3: (60.0, "达标"),
        4: (5.0, "达标"),
        5: (2.0, "达进度"),
        6: (90.0, "不设目标"),
    }
    assert judged[2]["parks"] == {"江北": 1.0, "江南": 1.0, "江心洲": 1.0}
    assert main(["-C", str(root), "--quiet", "bulletin", "2031-06"]) == 0

    printed = {p: texts(p) for p in root.rglob("*.*") if p.suffix in {".xlsx", ".xlsm", ".docx"}}
    bulletin = texts(root / "通报" / "2031-06" / "通报.xlsx")
    for words in (
        "临府办函〔2031〕×号",
        "关于2031年上半年产业新城\n主要指标完成情况的通报",
        "临江县产业新城主要指标表（2031年1—6月）",
        "汇总单位：县统计局",
    ):
        assert words in bulletin
    form = texts(root / "下发" / "2031-06" / f"{NEW_TOWN}.xlsx")
    for words in (
        "临江县产业新城经济指标填报表（2031年1—6月）",
        "江北、江南各填各的；两个片区以外的填“江心洲”；没有的填 0",
        "“补充”表和“企业名册”名单都可以不填",
        "三业产值相加不大于工业产值",
        "入库税收不大于销售收入",
        "各园区、江心洲相加等于全区合计",
    ):
        assert words in form
    assert "临江县产业新城调度台" in texts(root / "master.xlsm")
    alien = {path.name: sorted(set(ALIEN.findall(text))) for path, text in printed.items()}
    assert {name: words for name, words in alien.items() if words} == {}
    assert len(printed) > len(PLAN.reporting)
