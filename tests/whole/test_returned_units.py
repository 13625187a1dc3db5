"""A unit whose form went back has reported: nowhere is it said that it sent nothing (未报)."""

import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.support.forms import COMMITTEE, INDUSTRY, PERIOD, Answers, written
from wyexcel.cli.main import main

BACK = "退回待重报"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """市经信局 sent a faulty form, 市工业园区管委会 a good one, the others nothing."""
    root = tmp_path / "办公室"
    assert main(["--quiet", "init", str(root)]) == 0
    assert main(["--quiet", "-C", str(root), "issue", str(PERIOD)]) == 0
    inbox = root / "报送" / str(PERIOD)
    inbox.mkdir(parents=True, exist_ok=True)
    written(Answers(unit=INDUSTRY, typed={("C01", "全区"): "约14"}), inbox / "经信.xlsx")
    written(Answers(unit=COMMITTEE, remarks={}), inbox / "管委会.xlsx")
    return root


def answer(office: Path, *command: str) -> dict[str, Any]:
    path = office.parent / "答.json"
    main(["--quiet", "-C", str(office), *command, str(PERIOD), "--json", str(path)])
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def words(path: Path) -> list[str]:
    """Every text of a workbook or a letter."""
    if path.suffix == ".docx":
        document = Document(str(path))
        cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
        return [*(p.text for p in document.paragraphs), *cells]
    if path.suffix == ".txt":
        return path.read_text("utf-8-sig").splitlines()
    book = load_workbook(path)
    return [
        str(value)
        for sheet in book.worksheets
        for line in sheet.iter_rows(values_only=True)
        for value in line
        if value is not None
    ]


def test_who_was_returned_is_nowhere_called_silent(office: Path) -> None:
    run = answer(office, "run")

    [stood_in] = [
        f
        for f in run["check"]["findings"]
        if f["rule"] == "U05" and f"主报单位 {INDUSTRY}" in f["message"]
    ]
    assert f"{INDUSTRY} 已报“" in stood_in["message"]
    assert BACK in stood_in["message"]
    assert INDUSTRY not in run["check"]["missing"]
    totals = "\n".join(words(office / "通报" / str(PERIOD) / "汇总.xlsx"))
    assert f"{INDUSTRY}：已报，{BACK}" in totals
    for path in sorted((office / "通报").rglob("*.xlsx")) + sorted((office / "退回").rglob("*")):
        if path.suffix in {".xlsx", ".docx", ".txt"}:
            silent = [t for t in words(path) if f"{INDUSTRY}未报" in t or f"{INDUSTRY} 未报" in t]
            assert silent == [], path.name
    bulletin = words(office / "通报" / str(PERIOD) / "通报.xlsx")
    reporting = next(text for text in bulletin if "（二）数据报送" in text)
    silent_units, back = reporting.split("未报送合格报表；")
    assert INDUSTRY not in silent_units
    assert back.startswith(f"{INDUSTRY}已退回，尚未改正重报")


def test_the_archive_alone_knows_it_too(office: Path) -> None:
    ran = answer(office, "run")["assess"]["indicators"]
    for path in (office / "报送" / str(PERIOD)).iterdir():
        path.unlink()

    alone = answer(office, "assess")["indicators"]

    assert alone == ran
    assert any(BACK in standing["reason"] for standing in alone) or any(
        standing["actual"] is not None for standing in alone
    )


def test_who_sent_nothing_is_still_called_so(office: Path) -> None:
    (office / "报送" / str(PERIOD) / "经信.xlsx").unlink()

    run = answer(office, "run")

    [stood_in] = [
        f
        for f in run["check"]["findings"]
        if f["rule"] == "U05" and f"主报单位 {INDUSTRY}" in f["message"]
    ]
    assert f"{INDUSTRY} 未报“" in stood_in["message"]
    assert f"{INDUSTRY}：未报" in "\n".join(words(office / "通报" / str(PERIOD) / "汇总.xlsx"))


def test_who_put_it_right_is_not_called_returned_any_more(office: Path) -> None:
    answer(office, "run")
    written(Answers(unit=INDUSTRY), office / "报送" / str(PERIOD) / "经信改.xlsx")

    run = answer(office, "run")

    assert [
        f
        for f in run["check"]["findings"]
        if f["rule"] == "U05" and f"主报单位 {INDUSTRY}" in f["message"]
    ] == []
    assert BACK not in "\n".join(words(office / "通报" / str(PERIOD) / "汇总.xlsx"))
