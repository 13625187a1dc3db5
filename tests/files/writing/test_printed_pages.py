"""What comes out of the printer: the real program, real pages, nothing torn and nothing lost."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.standings import PERIOD, PLAN, grown, renamed, sample, unreported
from wyexcel.files.writing import find_libreoffice, pdf_export, xlsx
from wyexcel.files.writing.find_libreoffice import soffice_program
from wyexcel.files.writing.sheet import Sheet
from wyexcel.reports.quarterly.annex_lagging import lagging_annex
from wyexcel.reports.quarterly.bulletin import bulletin_sheets
from wyexcel.reports.quarterly.bulletin_document import bulletin_document

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        soffice_program() is None or not shutil.which("pdftotext"),
        reason="没有 LibreOffice 或 poppler，打印测试跳过",
    ),
]


def printed(sheets: Sequence[Sheet], folder: Path) -> list[str]:
    """The text of every page that *sheets* make."""
    xlsx.write(sheets, folder / "a.xlsx")
    assert pdf_export.print_pdf(folder / "a.xlsx", folder / "a.pdf")
    command = ["pdftotext", "-layout", str(folder / "a.pdf"), "-"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.rstrip("\f").split("\f")


def joined(page: str) -> str:
    """The text of a page without the gaps of its columns."""
    return re.sub(r"\s+", "", page)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return printed(
        bulletin_sheets(sample(), bulletin_document(sample(), (), PLAN, PERIOD), PLAN, PERIOD),
        tmp_path_factory.mktemp("通报"),
    )


def test_two_pages_of_text_and_one_for_each_annex(pages: list[str]) -> None:
    assert [re.findall(r"附件[123]", page)[:1] for page in pages[2:]] == [
        ["附件1"],
        ["附件2"],
        ["附件3"],
    ]
    assert "各责任单位：" in pages[0]
    assert "万源市工业园区管理委员会" in pages[1]


def test_every_page_is_numbered(pages: list[str]) -> None:
    feet = [joined(page)[-3:] for page in pages]

    assert feet == ["—1—", "—2—", "—3—", "—4—", "—5—"]


def test_titles_are_whole(pages: list[str]) -> None:
    assert "关于2025年前三季度工业园区高质量发展目标任务完成情况的通报" in joined(pages[0])
    assert "万源市工业园区高质量发展目标任务完成情况表（2025年1—9月）" in joined(pages[2])


def test_no_number_is_too_wide_for_its_cell(pages: list[str]) -> None:
    assert not [page for page in pages if "##" in page]


def test_the_table_shows_every_indicator_unit_and_status(pages: list[str]) -> None:
    table = joined(pages[2])

    for standing in sample():
        assert standing.status.value in table
        for unit in standing.indicator.units:
            assert unit in table
    wrapped = {"新增省市级先进制造业集群（产业新赛道）数量", "新增省级以上研发机构和平台数量"}
    names = {s.indicator.name for s in sample()} - wrapped
    assert all(name[:12] in table for name in names)
    for part in ("新增省市级先进制造业集群", "业新赛道）数量", "新增省级以上研发机构和平台"):
        assert part in table


def test_the_small_number_is_visible_and_the_table_is_signed_on_its_page(pages: list[str]) -> None:
    assert "0.0004" in pages[2]
    for person in ("填表人：", "审核人：", "单位负责人（签章）：", "联系电话：", "填报日期："):
        assert person in joined(pages[2])


def test_no_line_of_the_text_begins_with_a_comma_or_ends_with_an_opening_bracket(
    pages: list[str],
) -> None:
    lines = [line.strip() for page in pages[:2] for line in page.split("\n") if line.strip()]

    assert [line for line in lines if line[0] in "，。、；：）》”" or line[-1] in "（《“"] == []


def test_no_word_of_the_text_is_clipped(pages: list[str]) -> None:
    text = joined(pages[0] + pages[1]).replace("—1—", "").replace("—2—", "")
    page, *_ = bulletin_sheets(
        sample(), bulletin_document(sample(), (), PLAN, PERIOD), PLAN, PERIOD
    )

    for row in page.rows:
        assert row.cells[0]
        assert joined(str(row.cells[0].value)) in text


def test_huge_numbers_are_printed_whole(tmp_path: Path) -> None:
    standings = tuple(grown(s, 5000) for s in sample())

    pages = printed(
        bulletin_sheets(standings, bulletin_document(standings, (), PLAN, PERIOD), PLAN, PERIOD),
        tmp_path,
    )

    assert not [page for page in pages if "##" in page]
    assert "88000.00" in "".join(pages)
    text = joined("".join(pages))
    for row in bulletin_sheets(
        standings, bulletin_document(standings, (), PLAN, PERIOD), PLAN, PERIOD
    )[0].rows:
        assert row.cells[0]
        for end in re.findall(r"[^，。；]+[。；]$", joined(str(row.cells[0].value))):
            assert end in re.sub(r"—\d—", "", text)


def test_a_table_of_long_names_takes_more_pages_each_with_its_heading(tmp_path: Path) -> None:
    plan = renamed(PLAN, "（四川万源经济开发区管理委员会）")
    standings = [replace(s, indicator=i) for s, i in zip(sample(), plan.indicators, strict=True)]

    pages = printed(
        [
            bulletin_sheets(
                standings, bulletin_document(standings, (), plan, PERIOD), plan, PERIOD
            )[1]
        ],
        tmp_path,
    )

    assert len(pages) > 1
    assert all("指标名称" in page and "时序进度" in page for page in pages)
    assert "填表人" in pages[-1]
    assert any(str(no) in pages[-1].split() for no in range(1, 12))


def test_the_list_of_what_lags_goes_over_pages_with_its_heading(tmp_path: Path) -> None:
    many = tuple(s for s in sample() if s.periods_behind) * 8

    pages = printed([lagging_annex(many, PERIOD)], tmp_path)

    assert len(pages) > 1
    assert all("主报；核对单位" in page and "欠进度事项清单" in page for page in pages)


def test_a_season_without_reports_is_printed_too(tmp_path: Path) -> None:
    pages = printed(
        bulletin_sheets(
            unreported(),
            bulletin_document(unreported(), PLAN.reporting, PLAN, PERIOD),
            PLAN,
            PERIOD,
        ),
        tmp_path,
    )

    assert len(pages) == 5
    assert pages[2].count("未报") >= 22


def test_the_same_folder_keeps_nothing_but_the_pdf(tmp_path: Path) -> None:
    printed([lagging_annex((), PERIOD)], tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "a.xlsx"]


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    def made() -> bytes:
        printed([lagging_annex(sample(), PERIOD)], tmp_path)
        return (tmp_path / "a.pdf").read_bytes()

    first = made()
    time.sleep(1)

    assert made() == first


def test_a_workbook_that_cannot_be_read_gives_no_pdf(tmp_path: Path) -> None:
    assert not pdf_export.print_pdf(tmp_path / "没有.xlsx", tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_a_name_with_spaces_and_chinese_is_printed(tmp_path: Path) -> None:
    book = tmp_path / "通报 （终稿） 1.xlsx"
    xlsx.write([lagging_annex((), PERIOD)], book)

    assert pdf_export.print_pdf(book, tmp_path / "通报 （终稿） 1.pdf")
    assert (tmp_path / "通报 （终稿） 1.pdf").read_bytes().startswith(b"%PDF")


def test_where_there_is_no_program_there_is_no_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xlsx.write([lagging_annex((), PERIOD)], tmp_path / "a.xlsx")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find_libreoffice, "_PLACES", ())

    assert not pdf_export.print_pdf(tmp_path / "a.xlsx", tmp_path / "a.pdf")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the program")
def test_a_program_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > '{tmp_path}/child'\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    xlsx.write([lagging_annex((), PERIOD)], tmp_path / "a.xlsx")

    assert not pdf_export.print_pdf(tmp_path / "a.xlsx", tmp_path / "a.pdf", patience=1)

    child = int((tmp_path / "child").read_text())
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(child)], capture_output=True, check=False
    )
    assert state.stdout.strip()[:1] in {b"", b"Z"}


def test_fonts_that_are_missing_are_named_as_offices_name_them() -> None:
    assert set(pdf_export.missing_fonts()) <= {"方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"}
