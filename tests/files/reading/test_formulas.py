"""Formulas reckoned exactly, and whether a stored value is what its formula comes to.

What each comes to was taken from Excel's own documentation or reckoned by hand, and is what
LibreOffice 7.4 and an engine that is compared with Excel 365 give too.
"""

import time
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from wyexcel.files.address import parse
from wyexcel.files.reading.book import Book
from wyexcel.files.reading.formulas.check import Agreement, FormulaChecker
from wyexcel.files.reading.formulas.elsewhere import SourceKind, outside_source
from wyexcel.files.reading.formulas.evaluate import Reckoner
from wyexcel.files.reading.formulas.shift import shifted
from wyexcel.files.reading.formulas.syntax import NotEvaluated, Value

CELLS: Mapping[str, Any] = (
    {"B1": 100.0, "B2": 40.5, "B3": 7.0, "B4": 0.0, "B6": "12", "B7": "abc", "B8": True}
    | {"C1": 1.0, "C2": 2.0, "C3": 3.0, "E1": 0.1, "E2": 0.2}
    | {"D1": "=B1+B2", "D2": "=D1*2", "D3": "=D2+D1", "D4": "=D5", "D5": "=D4", "D6": "=NOW()"}
)
OTHERS = {"填报": {"E8": 176000.0, "E9": 12.5}, "填 报": {"A1": 5.0}, "it's": {"A1": 6.0}}


def workbook(sheets: Mapping[str, Mapping[str, Any]], **more: Any) -> Book:
    """A workbook of *sheets*; what begins with `=` is a formula beside which 0 is stored."""
    rows: dict[str, list[list[Any]]] = {}
    formulas: dict[tuple[str, str], str] = {}
    for name, cells in sheets.items():
        places = {parse(cell): value for cell, value in cells.items()}
        wide, tall = max(c for _, c in places) + 1, max(r for r, _ in places) + 1
        grid: list[list[Any]] = [[None] * wide for _ in range(tall)]
        for cell, value in cells.items():
            row, column = parse(cell)
            is_formula = isinstance(value, str) and value.startswith("=")
            grid[row][column] = 0.0 if is_formula else value
            if is_formula:
                formulas[name, cell] = value[1:]
        rows[name] = grid
    fields = {"errors": {}, "uncached": frozenset(), "links": (), "macros": False, **more}
    return Book("甲.xlsx", "", tuple(rows), rows, formulas=formulas, **fields)


BOOK = workbook({"Sheet1": CELLS, **OTHERS})


def result(formula: str, book: Book = BOOK, sheet: str = "Sheet1") -> Value:
    return Reckoner(book).reckon(formula, sheet).value


@pytest.mark.parametrize(
    ("formula", "number"),
    [
        ("=88000+88000", "176000"),
        ("+88000+88000", "176000"),
        ("-5+3", "-2"),
        ("--5", "5"),
        ("-2^2", "4"),
        ("2^3^2", "64"),
        ("2^-1", "1/2"),
        ("10-2-3", "5"),
        ("100/10/5", "2"),
        ("1/3", "1/3"),
        ("5%%", "1/2000"),
        ("200%^2", "4"),
        ("-50%", "-1/2"),
        ("12.5E+3", "12500"),
        (".5+5.", "11/2"),
        (" ( 1 + 2 ) * 3 ", "9"),
        ("0.1+0.2-0.3", "0"),
        ("B1+B2*2", "181"),
        ("$B$1+b2", "281/2"),
        ("B5+1", "1"),
        ("B6+1", "13"),
        ("B8+1", "2"),
        ("填报!E8/10000", "88/5"),
        ("'填报'!E8+'填 报'!A1+'it''s'!A1", "176011"),
        ("SHEET1!B1", "100"),
        ("D3", "843/2"),
        ("SUM(B1:B8)", "295/2"),
        ("SUM(B:B)", "295/2"),
        ("SUM(1:1)-D1", "1011/10"),
        ("SUM(C1:C3,10,B6)", "16"),
        ('SUM("3",TRUE)', "4"),
        ("AVERAGE(C1:C3)", "2"),
        ("AVERAGE(B5,C1:C3)", "2"),
        ("MIN(C1:C3,0.5)", "1/2"),
        ("MAX(B6:B7)", "0"),
        ("PRODUCT(C1:C3,2)", "12"),
        ("COUNT(B1:B8)", "4"),
        ("COUNTA(B1:B9)", "7"),
        ("ROUND(2.675,2)", "67/25"),
        ("ROUND(-2.5,0)", "-3"),
        ("ROUND(1234.5,-2)", "1200"),
        ("ROUNDUP(-1.01,1)", "-11/10"),
        ("ROUNDDOWN(-1.99,1)", "-19/10"),
        ("INT(-1.5)", "-2"),
        ("TRUNC(-1.5)", "-1"),
        ("ABS(-3)", "3"),
        ("IF(B1>50,1,2)", "1"),
        ('IF(B7="ABC",1,2)', "1"),
        ("IF(B5=0,7,8)", "7"),
        ("IF(FALSE,1/0,3)", "3"),
        ("SUM(IF(TRUE,C1:C3,B1))", "6"),
        ("IFERROR(1/0,9)", "9"),
        ("IF(1<=2,IF(2<>2,1,4),5)", "4"),
    ],
)
def test_a_formula_comes_to_exactly_one_number(formula: str, number: str) -> None:
    assert result(formula) == Fraction(number)


@pytest.mark.parametrize(
    "formula",
    [
        *(
            "",
            "2(3)",
            "SUM（1，2）",
            "88000＋88000",
            "１２+1",
            "88000×2",
            "17.6万",
            "(1+2",
            "{1,2}",
        ),
        *(
            "1/0",
            "0^0",
            "B7+1",
            "#REF!+1",
            "NoSheet!A1",
            "Sheet1:填报!A1",
            "B1:B3",
            "1,2",
            "ROUND(5)",
        ),
        *("VLOOKUP(1,B1:C3,2)", "NOW()", "D6*2", "产值合计", "SUM(产值)", 'INDIRECT("B1")'),
        *("D4", "(-8)^(1/3)", "10^308*10", "ROUND(1,99)", "9^9^9^9", "2^0.5^5000", 'IF("a",1,2)'),
        *(
            "表1[产值]",
            "SUM(B1 B2)",
            "B1#",
            "@B1",
            "SUMPRODUCT(B1:B3*C1:C3)",
            "A0",
            "XFE1",
            "A1048577",
        ),
    ],
)
def test_what_is_not_known_exactly_is_not_guessed(formula: str) -> None:
    with pytest.raises(NotEvaluated):
        result(formula)


def agreement(formula: str, stored: Any, book: Book = BOOK) -> Agreement:
    return FormulaChecker(book).compare(formula, "Sheet1", stored).agreement


@pytest.mark.parametrize(
    ("formula", "stored"),
    [
        ("0.1+0.2", 0.1 + 0.2),
        ("1000000.1-1000000", 1000000.1 - 1000000),
        ("123456789.12-123456789", 123456789.12 - 123456789),
        ("0.1+0.2-0.3", 5.551115123125783e-17),
        ("1/3*3", 1.0),
        ("88000*1.1", 88000 * 1.1),
        ("1.005*1000", 1.005 * 1000),
        ("2^0.5", 1.4142135623731),
        ("ROUND(0.285*100,0)", 28.0),
        ("ROUND(0.285*100,0)", 29.0),
        ("INT((0.1+0.7)*10)", 7.0),
        ("INT((0.1+0.7)*10)", 8.0),
        ("ROUNDUP((0.1+0.2)*10,0)", 4.0),
        ("B5", 0.0),
        ('IF(B4=0,"",1)', None),
        ("88000+88000", "176000"),
        ("B1>1", True),
        ("100000/3", 33333.33),
        ("200000/3", 66666.67),
    ],
)
def test_binary_noise_and_ties_are_no_difference(formula: str, stored: Any) -> None:
    assert agreement(formula, stored) is Agreement.SAME


@pytest.mark.parametrize(
    ("formula", "stored"),
    [
        ("88000+88000", 0.0),
        ("88000+88000", None),
        ("88000+88000", 176000.01),
        ("88000+88000", "十七万六千"),
        ("ROUND(0.285*100,0)", 27.0),
        ("D1", 0.0),
        ('IF(B4=0,"",1)', 5.0),
        ("0.001", 0.0),
        ("100000/3", 33333.0),
        ("100000/3", 33333.34),
        ("12.5+0", 13.0),
    ],
)
def test_any_other_number_is_a_difference(formula: str, stored: Any) -> None:
    assert agreement(formula, stored) is Agreement.DIFFERENT


def test_a_stale_cell_on_the_way_is_reckoned_and_not_believed() -> None:
    book = workbook({"Sheet1": {"A1": "=B1", "B1": "=C1*2", "C1": "=44000*2"}})

    assert agreement("A1", 0.0, book) is Agreement.DIFFERENT
    assert agreement("A1", 176000.0, book) is Agreement.SAME


def test_a_cell_that_shows_an_error_gives_no_number() -> None:
    book = workbook(
        {"Sheet1": {"A1": 1.0, "A2": None, "A3": 2.0}}, errors={("Sheet1", "A2"): "#N/A"}
    )

    assert agreement("SUM(A1:A3)", 3.0, book) is Agreement.UNKNOWN
    assert agreement("A1+A3", 3.0, book) is Agreement.SAME


LARGE = workbook({"Sheet1": {f"A{n}": float(n) for n in range(1, 20_000)}})


@pytest.mark.parametrize(
    "formula",
    [
        "(" * 500 + "1" + ")" * 500,
        "-" * 8000 + "1",
        "1" + "%" * 8000,
        "+".join(["1"] * 4000),
        "SUM(" * 900 + "1" + ")" * 900,
        "*".join(["99999999"] * 900),
        "1/" + "/".join(["3.3333333"] * 900),
        "IF(1," * 200 + "1" + ",2)" * 200,
        "9E307*" * 10 + "1",
        "(1+1/7)^999",
        "'" * 8000,
        '"' * 8001,
        "[" * 8000,
        "A1:" * 2700,
        "+".join(["SUM(A:XFD)"] * 700),
    ],
)
def test_no_formula_takes_long(formula: str) -> None:
    begin = time.process_time()

    FormulaChecker(LARGE).compare(formula, "Sheet1", 1.0)

    assert time.process_time() - begin < 4


def test_no_workbook_of_formulas_takes_long() -> None:
    terms = {f"A{n}": f"={'+'.join([str(n)] * 1000)}" for n in range(1, 500)}
    checker = FormulaChecker(workbook({"S": terms}))
    begin = time.process_time()

    agreements = [checker.compare(text, "S", 0.0).agreement for text in terms.values()]

    assert time.process_time() - begin < 8
    assert agreements[0] is Agreement.DIFFERENT
    assert agreements[-1] is Agreement.UNKNOWN


def test_many_terms_are_added_however_many_they_are() -> None:
    assert result("+".join(["1"] * 4000)) == 4000


def test_long_chains_of_cells_end() -> None:
    doubling = {f"A{n}": f"=A{n - 1}+A{n - 1}" for n in range(2, 50)}
    endless = {f"A{n}": f"=A{n - 1}+1" for n in range(2, 3000)}

    assert result("A49", workbook({"S": {"A1": 1.0, **doubling}}), "S") == 2**48
    with pytest.raises(NotEvaluated):
        result("A2999", workbook({"S": {"A1": 1.0, **endless}}), "S")


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "there"),
    [
        ("E7+$E7+E$7+$E$7", 1, 2, "G8+$E8+G$7+$E$7"),
        ("SUM(E7:G7)/10000", 3, 0, "SUM(E10:G10)/10000"),
        ("SUM(A:B)+SUM(3:4)", 1, 1, "SUM(B:C)+SUM(4:5)"),
        ("'E7'!E7&\"E7\"&Sheet1!E7", 1, 0, "'E7'!E8&\"E7\"&Sheet1!E8"),
        ("LOG10(E7)+E7_X+AE7(1)", 1, 0, "LOG10(E8)+E7_X+AE7(1)"),
        ("E7+A1", -1, 0, "E6+#REF!"),
        ("XFD1", 0, 1, "#REF!"),
        ("表1[E7]+E7", 1, 0, "表1[E7]+E8"),
    ],
)
def test_a_shared_formula_reads_as_it_would_be_filled_down(
    formula: str, rows: int, columns: int, there: str
) -> None:
    assert shifted(formula, rows, columns) == there


@pytest.mark.parametrize(
    ("formula", "kind", "name"),
    [
        ("[1]Sheet1!A1", SourceKind.FILE, "1"),
        ("'[12]Sheet 1'!A1*2", SourceKind.FILE, "12"),
        ("[2]!产值", SourceKind.FILE, "2"),
        ("[台账.xlsx]Sheet1!F7", SourceKind.FILE, "台账.xlsx"),
        (r"SUM('C:\表\[台账.xlsx]Sheet1'!F7:F9)", SourceKind.FILE, r"C:\表\台账.xlsx"),
        (r"'\\服务器\共享\[it''s.xls]表'!A1", SourceKind.FILE, r"\\服务器\共享\it's.xls"),
        ("'https://a.cn/x/[b.xlsx]S'!A1", SourceKind.FILE, "https://a.cn/x/b.xlsx"),
        (r"'C:\表\台账.xlsx'!合计", SourceKind.FILE, r"C:\表\台账.xlsx"),
        ("台账.xlsx!合计+1", SourceKind.FILE, "台账.xlsx"),
        ("INDIRECT(\"'[台账.xlsx]Sheet1'!F7\")", SourceKind.FILE, "台账.xlsx"),
        ("cmd|'/c calc'!A1", SourceKind.PROGRAM, "cmd|'/c calc'"),
        ("Excel|'[a.xls]S'!R1C1", SourceKind.PROGRAM, "Excel|'[a.xls]S'"),
        ('WEBSERVICE("http://a.cn")', SourceKind.FUNCTION, "WEBSERVICE"),
        ('_xlfn.WEBSERVICE("http://a.cn")*1', SourceKind.FUNCTION, "WEBSERVICE"),
        ('RTD("a",,"b")', SourceKind.FUNCTION, "RTD"),
        ('IMPORTDATA("http://a.cn")', SourceKind.FUNCTION, "IMPORTDATA"),
        ('importrange("k","A1")', SourceKind.FUNCTION, "IMPORTRANGE"),
        ('HYPERLINK("http://a.cn",5)', SourceKind.FUNCTION, "HYPERLINK"),
        ('CUBEVALUE("a","b")', SourceKind.FUNCTION, "CUBEVALUE"),
    ],
)
def test_what_a_formula_takes_from_elsewhere_is_named(
    formula: str, kind: SourceKind, name: str
) -> None:
    assert outside_source(formula) == (kind, name)


@pytest.mark.parametrize(
    "formula",
    [
        "IF(COUNT('填报'!E7)=0,\"\",(SUM('填报'!E7)))",
        "COUNTA('产业集群'!B4:B1003)/100",
        *("表1[产值]", "SUM(表1[[#All],[产值]])", "[0]!产值", "'二季度'!A1", "Sheet1:Sheet3!A1"),
        '"[1]Sheet1!A1"&"cmd|a!b"',
        *("'Sheet 1:Sheet 3'!A1", "MY_RTD(1)", "A1/B1*100%", "recall(1)", "'1.2版'!A1"),
    ],
)
def test_what_stays_within_the_workbook_is_none_of_that(formula: str) -> None:
    assert outside_source(formula) is None
