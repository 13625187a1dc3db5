from decimal import Decimal
from itertools import permutations

import pytest
from msgspec.structs import replace

from tests.support.ledgers import COMMITTEE, INDUSTRY, PLAN, SCIENCE, TRADE, said
from wyexcel.errors import CannotRead
from wyexcel.progress import ledger
from wyexcel.progress.ledger import LedgerRow


def test_every_number_and_every_list_row_is_one_line_with_its_cell() -> None:
    report = said(
        INDUSTRY,
        "C01 全区 14\nC09 全区 1",
        listed="C09 2403-01 茶厂 白沙 2025-03-28",
    )

    first, second, third = ledger.ledger_of([report], PLAN)

    assert first == LedgerRow(
        unit=INDUSTRY,
        element="C01",
        park="全区",
        period="2025-09",
        item="",
        name="",
        day=None,
        value=Decimal(14),
        file="市经信局.xlsx",
        sha256="sha256 of 市经信局",
        sheet="填报",
        cell="D7",
    )
    assert (second.element, second.value, second.cell) == ("C09", Decimal(1), "D8")
    assert (third.item, third.name, third.park, third.value) == (
        "2403-01",
        "茶厂",
        "白沙",
        Decimal(1),
    )
    assert (str(third.day), third.sheet, third.cell) == ("2025-03-28", "名单", "B5")


def test_a_blank_cell_has_no_line_and_a_typed_zero_has_one() -> None:
    entries = ledger.ledger_of([said(INDUSTRY, "C01 全区 -\nC02 全区 0")], PLAN)

    assert [(line.element, line.value) for line in entries] == [("C02", Decimal(0))]


def test_a_list_row_that_names_nothing_has_no_line() -> None:
    [item] = said(INDUSTRY, listed="C09 id name 白沙 2025-03-28").items
    report = replace(said(INDUSTRY), items=(item._replace(id="", name=""),))

    assert ledger.ledger_of([report], PLAN) == ()


def test_any_order_of_files_gives_the_same_ledger() -> None:
    reports = (
        said(TRADE, "C14 全区 4"),
        said(INDUSTRY, "C01 全区 14"),
        said(SCIENCE, "C07 全区 748.7"),
    )

    ledgers = [ledger.ledger_of(order, PLAN) for order in permutations(reports)]

    assert all(entries == ledgers[0] for entries in ledgers)
    assert [row.unit for row in ledgers[0]] == [INDUSTRY, SCIENCE, TRADE]


def test_amounts_stay_exactly_as_they_were_typed() -> None:
    entries = ledger.ledger_of([said(SCIENCE, "C07 全区 0.1\nC06 全区 14.3333333")], PLAN)

    assert [row.value for row in entries] == [Decimal("0.1"), Decimal("14.3333333")]


def test_nothing_reported_is_an_empty_ledger() -> None:
    assert ledger.ledger_of([], PLAN) == ()


def test_two_reports_of_one_unit_are_refused_by_name() -> None:
    reports = [
        said(COMMITTEE, "C14 全区 4", file="a.xlsx"),
        said(COMMITTEE, "C14 全区 5", file="b.xlsx"),
    ]

    with pytest.raises(CannotRead, match=r"“a\.xlsx”和“b\.xlsx”"):
        ledger.ledger_of(reports, PLAN)
