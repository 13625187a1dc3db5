"""Formulas in forms: right ones are taken, wrong ones told with both values, others asked about.

Every form is a file that the real reader reads; what a formula comes to was reckoned by hand.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.support import saved_as
from tests.support.forms import Answers, written
from tests.support.formula_cells import Formula, findings, form_with, found, put, reread
from tests.support.packages import OFFICE, RELATIONS
from tests.support.small_plan import (
    INVESTMENT,
    NEW_TOWN,
    PERIOD,
    STATISTICS,
    answers,
    at,
)
from wyexcel.forms.filled.read_form import FilledForm, read_submission
from wyexcel.practice.rehearsal.file_rewrites import rewrite_part
from wyexcel.rules import file_itself
from wyexcel.rules.all_rules import validate

COUNTED = answers(STATISTICS)
"""A form of one column: 30 enterprises, 30000 万元 产值, 1800 税收 of 36000 销售."""
SPLIT = answers(NEW_TOWN)
FIRMS, OUT, TAX, SALES = (at(code, unit=STATISTICS) for code in ("FIRMS", "OUT", "TAX", "SALES"))
SINGLE, START = at("OUT.single", unit=STATISTICS), at("FIRMS-START", unit=STATISTICS)
LIST, SUPPLEMENT = 2, 3
"""The numbers of the sheets 企业名册 (签约) and 补充."""


def one(path: Path, formula: str, stored: Any, cell: str = OUT) -> FilledForm:
    return form_with(path / "表.xlsx", COUNTED, {cell: (formula, stored)})


# ---- F06: what a formula comes to ----


@pytest.mark.parametrize(
    ("formula", "stored"),
    [
        ("15000+15000", 30000),
        ("=15000*2", 30000),
        ("2.5*1.2*10^4", 30000.000000000004),
        ("SUM(10000,12000,8000)", 30000),
        (f"{FIRMS}*1000", 30000),
        (f"'填报'!{FIRMS}*1000", 30000),
        ("ROUND(29999.995,2)", 30000),
        ("ROUND(29999.995,2)", 29999.99),
        ("IF(1>2,0,30000)", 30000),
        ("60000*50%", 30000),
        ("AVERAGE(29000,31000)", 30000),
        ("MAX(1,MIN(30000,40000))", 30000),
        ("PRODUCT(300,100)", 30000),
        ("(31000-1000)*(1+1)/2", 30000),
        (f"{SALES}/1.2", 30000.000000000004),
    ],
)
def test_a_formula_whose_result_is_stored_is_a_number_like_any_other(
    formula: str, stored: float, tmp_path: Path
) -> None:
    assert found(one(tmp_path, formula, stored)) == []


@pytest.mark.parametrize(
    ("formula", "stored", "result"),
    [
        ("15000+15000", 0, "30000"),
        ("15000+15000", 30000.5, "30000"),
        ("15000+15000", 3, "30000"),
        (f"{FIRMS}*1000", 0, "30000"),
        ("SUM(10000,12000,8000)", 0, "30000"),
        ("ROUND(29999.995,0)", 0, "30000"),
        ("90000/3", 0, "30000"),
        ("100000/3", 0, "33333.3333333333"),
        (f"SUM({FIRMS}:{FIRMS})", 0, "30"),
        ("IF(1=1,30000,0)", 0, "30000"),
        ("15000+15000", "", "30000"),
        ("15000+15000", "三万", "30000"),
    ],
)
def test_another_stored_value_is_told_with_both_and_not_taken(
    formula: str, stored: Any, result: str, tmp_path: Path
) -> None:
    form = one(tmp_path, formula, stored)

    [finding] = findings(form)
    entry = next(entry for entry in form.submission.entries if entry.cell == OUT)

    assert (finding.rule, finding.severity.value, finding.cell) == ("F06", "错", OUT)
    value = stored if stored != "" else "空"
    assert f"“={formula}”应得 {result}，文件里存的却是 {value}，" in finding.message
    assert finding.suggestion == float(result)
    assert entry.number is None


@pytest.mark.parametrize(
    "formula",
    [
        "VLOOKUP(1,A1:B3,2)",
        "NOW()-16000",
        "产值合计",
        "SUM(产值)",
        f"{OUT}*1",
        "30000+RAND()*0",
        "SUMPRODUCT(A1:A2*1)",
        "1/0",
        "'没有的表'!A1",
        "30000．0",
    ],
)
def test_a_formula_that_is_not_reckoned_here_is_asked_about(formula: str, tmp_path: Path) -> None:
    [finding] = findings(one(tmp_path, formula, 30000))

    assert (finding.rule, finding.severity.value, finding.cell) == ("F06", "核", OUT)
    assert f"“={formula}”无法核对，文件里存的结果是 30000。" in finding.message


def test_a_reason_beside_such_a_formula_lets_it_pass(tmp_path: Path) -> None:
    told = answers(STATISTICS, remarks={"OUT": "由统计系统导出，已核对"})
    form = form_with(tmp_path / "表.xlsx", told, {OUT: ("VLOOKUP(1,A1:B3,2)", 30000)})

    assert found(form) == [("F06", "示", OUT)]


def test_a_formula_without_any_result_is_told_as_ever(tmp_path: Path) -> None:
    [finding] = findings(one(tmp_path, "15000+15000", None))

    assert (finding.rule, finding.severity.value, finding.cell) == ("F06", "错", OUT)
    assert "没有计算结果" in finding.message


def test_a_wrong_result_is_one_finding_however_wrong_it_is(tmp_path: Path) -> None:
    """Stored as 0 and as -5: neither 为负数 nor 税收大于销售 is told of what is not the number."""
    for stored in (-5, 0, 10**9):
        assert found(one(tmp_path, f"{SALES}*5%", stored, TAX)) == [("F06", "错", TAX)]


def test_each_cell_on_the_way_is_reckoned_again(tmp_path: Path) -> None:
    """税收 is reckoned from 产值, beside which 0 is stored: both are wrong, and both are told."""
    formulas = {OUT: ("15000+15000", 0), TAX: (f"{OUT}*6%", 0)}

    assert found(form_with(tmp_path / "表.xlsx", COUNTED, formulas)) == [
        ("F06", "错", OUT),
        ("F06", "错", TAX),
    ]


def test_what_was_adopted_once_stays_what_it_was(tmp_path: Path) -> None:
    form = one(tmp_path, "15000+15000", 20000)

    archived = read_submission(form.book, COUNTED.plan, PERIOD)

    assert [e.number for e in archived.entries if e.cell == OUT] == [20000]


@pytest.mark.parametrize(("stored", "rule"), [("", "V01"), ("约三万", "V02"), ("/", "V04")])
def test_what_is_no_number_is_told_by_that_alone(stored: str, rule: str, tmp_path: Path) -> None:
    assert found(one(tmp_path, "VLOOKUP(1,A1:B3,2)", stored)) == [(rule, "错", OUT)]


def test_two_cells_that_wait_for_each_other_are_asked_about(tmp_path: Path) -> None:
    formulas = {OUT: (f"{SALES}/1.2", 30000), SALES: (f"{OUT}*1.2", 36000)}

    assert found(form_with(tmp_path / "表.xlsx", COUNTED, formulas)) == [
        ("F06", "核", OUT),
        ("F06", "核", SALES),
    ]


def test_the_numbers_that_nobody_owes_are_held_against_their_formulas_too(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    right = {START: ("20+8", 28), SINGLE: (f"填报!{OUT}/10", 3000)}
    wrong = {START: ("20+8", 0), SINGLE: (f"填报!{OUT}/10", 4000)}

    assert found(form_with(path, COUNTED, right, sheet=SUPPLEMENT)) == []
    assert found(form_with(path, COUNTED, wrong, sheet=SUPPLEMENT)) == [
        ("F06", "错", START),
        ("F06", "错", SINGLE),
    ]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (("500+300", 800), []),
        (("500+300", 0), [("F06", "错", "F4")]),
        (("F5+300", 800), []),
        (("VLOOKUP(B4,A1:B9,2)", 800), [("F06", "核", "F4")]),
        (("500+300", None), [("F06", "错", "F4")]),
        (("[1]Sheet1!A1", 800), [("F07", "核", "F4")]),
    ],
)
def test_an_amount_in_a_list_is_held_against_its_formula(
    formula: Formula, expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    form = form_with(tmp_path / "表.xlsx", answers(INVESTMENT), {"F4": formula}, sheet=LIST)

    assert found(form) == expected


SHARED = '<f t="shared" ref="E12:G12" si="3">E13*5%</f>', 600
OF_IT = '<f t="shared" si="3"/>', 600


def test_a_formula_that_another_cell_says_is_reckoned_as_it_reads_there(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    right = {"E12": SHARED, "F12": OF_IT, "G12": OF_IT}
    stale = {**right, "G12": (OF_IT[0], 599)}

    assert found(form_with(path, SPLIT, right)) == []
    [finding] = findings(form_with(path, SPLIT, stale))
    assert (finding.rule, finding.cell) == ("F06", "G12")
    assert "“=G13*5%”应得 600，文件里存的却是 599" in finding.message


def test_a_formula_over_a_range_is_asked_about_in_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    alone = {"E12": ('<f t="array" ref="E12">E13*5%</f>', 600)}
    ranged = {"E12": ('<f t="array" ref="E12:G12">E13:G13*5%</f>', 600)}

    assert found(form_with(path, SPLIT, alone)) == []
    [finding] = findings(form_with(path, SPLIT, ranged))
    assert (finding.rule, finding.severity.value, finding.cell) == ("F06", "核", "E12:G12")
    assert "“{=E13:G13*5%}”无法核对" in finding.message.replace("{E13", "{=E13")


@pytest.mark.slow
@pytest.mark.skipif(bool(saved_as.ABSENT), reason=saved_as.ABSENT)
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_libreoffice_reckoned_and_saved_is_right(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    there = load_workbook(written(COUNTED, path))
    sheet = there["填报"]
    sheet[FIRMS], sheet[OUT] = "=10+20", f"=SUM({FIRMS}*500,15000)"
    sheet[TAX] = f"=ROUND(IF({SALES}>0,{SALES}*5%,0),2)"
    there["补充"][SINGLE] = f"='填报'!{OUT}/10"
    there.save(path)
    saved = saved_as.convert([path], kind, tmp_path)["a"]

    form = reread(saved, COUNTED)

    assert form.zone_values["OUT"] == 30000
    assert len(form.book.formulas or ()) == len(form.layout.formulas) + 4
    assert found(form) == []


@pytest.mark.slow
@pytest.mark.skipif(bool(saved_as.ABSENT), reason=saved_as.ABSENT)
def test_an_ods_file_with_another_result_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    there = load_workbook(written(COUNTED, path))
    there["填报"][OUT] = f"=SUM({FIRMS}*500,15000)"
    there.save(path)
    saved = saved_as.convert([path], "ods", tmp_path)["a"]
    stale = re.compile(r'(table:formula="of:=SUM[^>]*office:value=)"30000"')
    saved.write_bytes(
        rewrite_part("content.xml", partial(stale.sub, r'\1"0"'), more={})(saved.read_bytes())
    )

    [finding] = findings(reread(saved, COUNTED))

    assert (finding.rule, finding.severity.value, finding.cell) == ("F06", "错", OUT)
    assert f"“=SUM({FIRMS}*500,15000)”应得 30000，文件里存的却是 0" in finding.message


# ---- V13: the form's own formulas ----

COUNT, AMOUNT, RATIO = "E5", "E6", "E7"
"""Where 补充 reckons 30 户, 3 亿元 and 5 %."""


@pytest.mark.parametrize(
    "formulas",
    [
        {AMOUNT: ("3", 3)},
        {AMOUNT: (f"SUM(填报!{OUT})/10000", 3)},
        {AMOUNT: (f"填报!{OUT}/10^4", 0)},
        {AMOUNT: ("VLOOKUP(1,A1:B2,2)", 3)},
        {RATIO: (f"ROUND(填报!{TAX}/填报!{SALES}*100,1)", 5)},
    ],
)
def test_a_computed_cell_may_be_written_anew_as_long_as_it_is_right(
    formulas: dict[str, Formula], tmp_path: Path
) -> None:
    assert found(form_with(tmp_path / "表.xlsx", COUNTED, formulas, sheet=SUPPLEMENT)) == []


def pasted(path: Path, values: dict[str, float], form: Answers = COUNTED) -> FilledForm:
    """The form with plain *values* over the formulas of 补充."""

    def change(xml: str) -> str:
        for cell, value in values.items():
            xml = re.sub(rf'(<c r="{cell}" s="\d+")[^>]*>.*?</c>', rf"\1><v>{value}</v></c>", xml)
        return xml

    rewritten = rewrite_part(f"xl/worksheets/sheet{SUPPLEMENT}.xml", change, more={})
    written(form, path).write_bytes(rewritten(path.read_bytes()))
    return reread(path, form)


def test_right_values_pasted_over_the_formulas_are_none_of_our_business(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    thirds = answers(STATISTICS, typed={("TAX", "全区"): 1000})

    assert found(pasted(path, {COUNT: 30, AMOUNT: 3, RATIO: 5})) == []
    assert found(pasted(path, {RATIO: 2.7777777777777777}, thirds)) == []
    assert found(pasted(path, {RATIO: 2.78}, thirds)) == []


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ({AMOUNT: 3.1}, [AMOUNT]),
        ({COUNT: 31, RATIO: 5}, [COUNT]),
        ({COUNT: 0, AMOUNT: 0}, [COUNT, AMOUNT]),
    ],
)
def test_wrong_values_over_the_formulas_are_told(
    values: dict[str, float], cells: list[str], tmp_path: Path
) -> None:
    there = findings(pasted(tmp_path / "表.xlsx", values))

    assert [(f.rule, f.severity.value, f.cell) for f in there] == [("V13", "错", c) for c in cells]


def test_the_sentence_says_what_it_should_come_to(tmp_path: Path) -> None:
    [finding] = findings(pasted(tmp_path / "表.xlsx", {AMOUNT: 3.1}))

    assert "应由公式计算（应得 3），现被手工改为“3.1”，请恢复公式 =IF(COUNT(" in finding.message


@pytest.mark.parametrize("name", ["填报表", "Sheet1", "填报 (2)"])
def test_a_renamed_sheet_is_one_mistake(name: str, tmp_path: Path) -> None:
    """Excel writes the new name into every formula that leads to the sheet."""
    path = written(COUNTED, tmp_path / "表.xlsx")
    for part, old, new in (
        ("xl/workbook.xml", 'name="填报"', f'name="{name}"'),
        (f"xl/worksheets/sheet{SUPPLEMENT}.xml", "'填报'!", f"'{name}'!"),
    ):
        change: Callable[[str], str] = partial(lambda t, o, n: t.replace(o, n), o=old, n=new)
        path.write_bytes(rewrite_part(part, change, more={})(path.read_bytes()))

    rules = [finding.rule for finding in findings(reread(path, COUNTED))]

    assert "S03" in rules
    assert "V13" not in rules


# ---- F07: what a formula takes from elsewhere ----


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (r"'C:\表\[台账.xlsx]Sheet1'!F7", "其他文件“C:\\表\\台账.xlsx”"),
        ("[1]Sheet1!A1", "其他文件“[1]”"),
        ("SUM([台账.xlsx]Sheet1!A1:A3)*1", "其他文件“台账.xlsx”"),
        ("cmd|'/c calc'!A1", "其他程序“cmd|'/c calc'”（DDE）"),
        ('WEBSERVICE("http://a.cn/x")', "文件以外的内容（函数 WEBSERVICE）"),
        ('_xlfn.WEBSERVICE("http://a.cn/x")', "函数 WEBSERVICE"),
        ('RTD("srv",,"产值")', "函数 RTD"),
        ('IMPORTDATA("http://a.cn/x.csv")', "函数 IMPORTDATA"),
        ('HYPERLINK("http://a.cn",30000)', "函数 HYPERLINK"),
    ],
)
def test_a_formula_that_takes_from_elsewhere_is_told_once_at_its_cell(
    formula: str, words: str, tmp_path: Path
) -> None:
    [finding] = findings(one(tmp_path, formula, 30000))

    assert (finding.rule, finding.severity.value, finding.cell) == ("F07", "核", OUT)
    assert finding.sheet == "填报"
    assert words in finding.message


def test_a_number_that_depends_on_such_a_cell_is_told_in_its_place(tmp_path: Path) -> None:
    path = written(COUNTED, tmp_path / "表.xlsx")
    put(path, {"G5": ("[台账.xlsx]S!A1", 30000)}, sheet=SUPPLEMENT)

    assert found(reread(path, COUNTED)) == [("F07", "核", "G5")]
    assert found(reread(put(path, {OUT: ("补充!G5", 30000)}), COUNTED)) == [("F07", "核", OUT)]


def test_a_reason_beside_it_lets_it_pass(tmp_path: Path) -> None:
    told = answers(STATISTICS, remarks={"OUT": "取自本单位台账，已核对"})
    form = form_with(tmp_path / "表.xlsx", told, {OUT: ("[台账.xlsx]S!A1", 30000)})

    assert found(form) == [("F07", "示", OUT)]


def arrived(form: FilledForm) -> list[tuple[str, str | None, str | None, str]]:
    """What is found of the file itself."""
    file = file_itself.ArrivedFile(
        name="表.xlsx", received=datetime(2031, 7, 9, tzinfo=UTC), book=form.book, period=PERIOD
    )
    there = file_itself.FILE_ITSELF.findings(file, file="表.xlsx")
    return [(f.rule, f.sheet, f.cell, f.message) for f in there]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "xl/externalLinks/"


def linked(path: Path, *parts: str) -> Path:
    """The workbook at *path* with *parts* about other files, counted from 1 in this order."""
    more: dict[str, str] = {}
    for number, part in enumerate(parts, 1):
        name, book = f"externalLink{len(parts) - number + 1}.xml", part
        if not part.startswith("<"):
            book = f'<externalBook xmlns:r="{OFFICE}" r:id="rId1"/>'
            more[f"{LINKS}_rels/{name}.rels"] = (
                f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" TargetMode="External"'
                f' Type="{OFFICE}/externalLinkPath" Target="{part}"/></Relationships>'
            )
        more[LINKS + name] = f'<externalLink xmlns="{MAIN}">{book}</externalLink>'
    listed = "".join(f'<externalReference r:id="rId{90 + n}"/>' for n in range(1, len(parts) + 1))
    related = "".join(
        f'<Relationship Id="rId{90 + n}" Type="{OFFICE}/externalLink"'
        f' Target="externalLinks/externalLink{len(parts) - n + 1}.xml"/>'
        for n in range(1, len(parts) + 1)
    )
    for name, old, new, added in (
        ("xl/_rels/workbook.xml.rels", "</Relationships>", related, more),
        (
            "xl/workbook.xml",
            "</sheets>",
            f"</sheets><externalReferences>{listed}</externalReferences>",
            {},
        ),
    ):
        text = new if new.startswith(old) else new + old
        change = partial(lambda t, o, n: t.replace(o, n), o=old, n=text)
        path.write_bytes(rewrite_part(name, change, more=added)(path.read_bytes()))
    return path


DDE = '<ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems/></ddeLink>'


def test_a_link_is_told_by_its_number_and_only_where_a_formula_uses_it(tmp_path: Path) -> None:
    path = put(written(COUNTED, tmp_path / "表.xlsx"), {OUT: ("[2]Sheet1!A1", 30000)})
    form = reread(linked(path, "file:///D:/%E4%B8%8A%E6%9C%9F.xlsx", "台账.xlsx", DDE), COUNTED)

    [finding] = findings(form)
    assert (finding.rule, finding.cell) == ("F07", OUT)
    assert "其他文件“台账.xlsx”" in finding.message
    assert [message.partition("，")[0] for *_, message in arrived(form)] == [
        "文件引用了其他文件“file:///D:/上期.xlsx”",
        "文件引用了其他程序“cmd|/c calc”（DDE）",
    ]


def test_a_link_that_leads_nowhere_is_nothing(tmp_path: Path) -> None:
    path = written(COUNTED, tmp_path / "表.xlsx")

    assert arrived(reread(linked(path, "<externalBook/>"), COUNTED)) == []


def test_a_conversation_with_a_program_is_told_where_a_formula_holds_it(tmp_path: Path) -> None:
    path = put(written(COUNTED, tmp_path / "表.xlsx"), {OUT: ("[1]!'!A0'", 30000)})
    form = reread(linked(path, DDE), COUNTED)

    [finding] = findings(form)
    assert (finding.rule, finding.cell) == ("F07", OUT)
    assert "其他程序“cmd|/c calc”（DDE）" in finding.message
    assert arrived(form) == []


OBJECTS = (
    '<oleObjects><mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x14">'
    '<oleObject progId="Excel.Sheet.12" shapeId="1025" r:id="rId9">'
    '<objectPr defaultSize="0" r:id="rId8"><anchor moveWithCells="1"><from>'
    "<xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    "</from></anchor></objectPr></oleObject></mc:Choice><mc:Fallback>"
    '<oleObject progId="Excel.Sheet.12" shapeId="1025" r:id="rId9"/>'
    "</mc:Fallback></mc:AlternateContent>"
    '<oleObject link="[1]!\'\'" shapeId="1026"/></oleObjects>'
)


def test_objects_are_told_with_their_cell(tmp_path: Path) -> None:
    path = written(COUNTED, tmp_path / "表.xlsx")
    change = partial(
        lambda t: t.replace("</worksheet>", f"{OBJECTS}</worksheet>").replace(
            "<worksheet ", '<worksheet xmlns:xdr="x" '
        )
    )
    path.write_bytes(rewrite_part("xl/worksheets/sheet1.xml", change, more={})(path.read_bytes()))
    form = reread(path, COUNTED)

    assert findings(form) == []
    assert [there[:3] for there in arrived(form)] == [("F07", "填报", "E8"), ("F07", "填报", None)]
    assert arrived(form)[0][3].startswith("“填报”E8上有对象“Excel.Sheet.12”，")


def test_connections_to_data_elsewhere_are_told(tmp_path: Path) -> None:
    path = written(COUNTED, tmp_path / "表.xlsx")
    connection = '<connection id="1" name="查询 - 台账" type="5"/>'
    part = f'<connections xmlns="{MAIN}">{connection}</connections>'
    keep = rewrite_part("xl/workbook.xml", str, more={"xl/connections.xml": part})
    path.write_bytes(keep(path.read_bytes()))
    form = reread(path, COUNTED)

    [(rule, _, _, message)] = arrived(form)
    assert rule == "F07"
    assert message.startswith("文件里有数据连接“查询 - 台账”，")


# ---- S08: names ----


def named(path: Path, change: Callable[[Any], None], form: Answers = COUNTED) -> FilledForm:
    there = load_workbook(written(form, path))
    change(there)
    there.save(path)
    return reread(path, form)


def broken(there: Any, *names: str, place: str = "#REF!$A$1") -> None:
    for name in names:
        there.defined_names[name] = DefinedName(name, attr_text=place, hidden=True)


def test_a_broken_name_that_nothing_uses_is_silent(tmp_path: Path) -> None:
    def change(there: Any) -> None:
        broken(there, "aaa", "合计", "_xlnm._FilterDatabase", "_Order1")
        broken(there, "移动", place="OFFSET(填报!#REF!,1,1)")

    assert found(named(tmp_path / "表.xlsx", change)) == []


@pytest.mark.parametrize("use", ["validation", "formula", "through", "rows"])
def test_a_broken_name_that_the_form_uses_is_told(use: str, tmp_path: Path) -> None:
    def change(there: Any) -> None:
        broken(there, "没用的", "选项")
        sheet = there["填报"]
        if use == "through":
            there.defined_names["清单"] = DefinedName("清单", attr_text="OFFSET(选项,0,0)")
        if use in {"validation", "through"}:
            options = "清单" if use == "through" else "选项"
            validation = DataValidation(type="list", formula1=options)
            validation.add("H7")
            sheet.add_data_validation(validation)
        else:
            cell = "I7" if use == "formula" else "J7"
            sheet[cell] = "=IF(1,COUNTA(选项),2)"

    told = [f for f in findings(named(tmp_path / "表.xlsx", change)) if f.rule == "S08"]

    assert [(f.severity.value, f.value) for f in told] == [("错", "选项")]


def test_a_word_in_a_text_or_a_sheet_of_that_name_uses_nothing(tmp_path: Path) -> None:
    def change(there: Any) -> None:
        broken(there, "选项")
        there.create_sheet("选项")["A1"] = 1
        there["填报"]["I7"] = "=\"选项\"&'选项'!A1"

    assert "S08" not in [f.rule for f in findings(named(tmp_path / "表.xlsx", change))]


def test_what_is_printed_of_the_form_is_needed_and_of_other_sheets_is_not(tmp_path: Path) -> None:
    path = written(COUNTED, tmp_path / "表.xlsx")

    def spoilt(sheet: int) -> list[tuple[str, str | None, Any]]:
        area = re.compile(rf'(name="_xlnm.Print_(?:Area|Titles)" localSheetId="{sheet}">)[^<]*')
        part = rewrite_part("xl/workbook.xml", partial(area.sub, r"\1#REF!"), more={})
        there = path.with_name("坏.xlsx")
        there.write_bytes(part(path.read_bytes()))
        return [(f.rule, f.sheet, f.value) for f in validate(reread(there, COUNTED))]

    assert spoilt(0) == [("S08", "填报", "打印区域"), ("S08", "填报", "打印标题")]
    assert spoilt(3) == []
