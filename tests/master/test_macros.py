"""The macros and the ribbon as text, and what stands of them in the built project."""

import re
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import xlwings as xw

from tests.support import calc
from wyexcel.desktop.addin.actions import ACTIONS
from wyexcel.files.writing.sheet import Cell, Part
from wyexcel.master import buttons, desk, master_workbook
from wyexcel.plan import official

pytestmark = pytest.mark.flaky(reruns=2)  # a real program on a loaded machine may be slow

BUTTONS = master_workbook.macros() / "WyButtons.bas"
PROJECT = master_workbook.macros() / master_workbook.PROJECT
TEXT = BUTTONS.read_bytes()
RUNS = dict(re.findall(r'Public Sub (\w+)\(\)\r\n    WyRun "(\w+)"\r\nEnd Sub', TEXT.decode()))
"""Each macro of a button, and the action that it rings for."""

CUSTOM_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
KNOWN = {
    "customUI": set(),
    "ribbon": {"startFromScratch"},
    "tabs": set(),
    "tab": {"id", "label", "insertAfterMso"},
    "group": {"id", "label"},
    "button": {*("id", "label", "size", "imageMso", "onAction", "tag", "screentip", "supertip")},
}
"""The elements of customUI 14 that stand in the ribbon, and those of their attributes in use."""


def tab() -> ET.Element:
    return ET.parse(master_workbook.macros() / master_workbook.RIBBON).getroot()  # noqa: S314 - our own text


@pytest.mark.parametrize(
    "module", sorted(master_workbook.macros().glob("*.bas")), ids=lambda m: m.stem
)
def test_macros_are_ascii_with_windows_line_ends_and_declare_what_they_use(module: Path) -> None:
    text = module.read_bytes()

    assert text.isascii()
    assert text.count(b"\n") == text.count(b"\r\n") == text.count(b"\r")
    assert text.startswith(f'Attribute VB_Name = "{module.stem}"\r\nOption Explicit\r\n'.encode())


def test_no_procedure_stands_on_one_line_for_libreoffice_would_leave_it_out() -> None:
    assert not re.search(rb"(Sub|Function) [^\r\n]*: *End", TEXT)


def test_every_action_has_its_macro_and_every_button_of_the_desk_runs_its_own() -> None:
    assert set(RUNS.values()) == set(ACTIONS)
    for step in buttons.STEPS:
        assert RUNS[step.macro] == step.action


def test_no_document_chooses_the_program_that_libreoffice_starts() -> None:
    code = [line.strip() for line in TEXT.decode().splitlines() if not line.startswith("'")]
    starts = [line for line in code if "Shell" in line or "program = " in line]

    assert starts == [
        (
            'Shell "/bin/sh -c \'""${WYEXCEL:-$HOME/.local/bin/wyexcel}"" button " & action'
            ' & " --engine libreoffice\'", 0'
        ),
        'program = Environ("WYEXCEL")',
        'If program = "" Then program = Environ("HOME") & "/.local/bin/wyexcel"',
    ]
    assert {word for line in code for word in re.findall(r"\bWyRun (.*)", line)} == {
        *(f'"{action}"' for action in ACTIONS),
        "control.Tag",
    }


def test_who_lacks_wyexcel_is_told_what_the_desk_says_about_it() -> None:
    assert f'Missing:\r\n    MsgBox Sheet1.Range("{desk.HELP_CELL}").Value'.encode() in TEXT
    assert desk.desk(official.load()).rows[1].cells[0] == Cell(
        value=desk.HELP, part=Part.SUBTITLE, across=len(desk.WIDTHS)
    )


@pytest.fixture
def project() -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it uses old names of its own dependencies
        from oletools.olevba import VBA_Parser  # noqa: PLC0415 - only here without warnings

        project = VBA_Parser(str(PROJECT))
        yield project
        project.close()


def test_the_project_holds_the_text_of_the_buttons_and_a_module_for_each_sheet(
    project: Any,
) -> None:
    found = {Path(name).stem: code for _, _, name, code in project.extract_macros()}

    assert next(iter(found)) == "ThisWorkbook"
    assert found.pop("WyButtons").splitlines() == TEXT.decode().splitlines()
    assert set(found) == {"ThisWorkbook"} | {
        f"Sheet{number}" for number in range(1, len(master_workbook.sheets(official.load())) + 1)
    }
    assert all(
        line.startswith("Attribute ") for code in found.values() for line in code.splitlines()
    )


def test_nothing_in_the_project_runs_by_itself_and_only_shell_reaches_out(project: Any) -> None:
    found = {(kind, word) for kind, word, _ in project.analyze_macros()}

    assert not [word for kind, word in found if kind == "AutoExec"]
    assert {word for kind, word in found if kind == "Suspicious"} <= {
        *("Shell", "Run", "Environ"),
        *("Hex Strings", "Base64 Strings"),  # the ids that Excel gives to the modules of sheets
    }


def test_the_ribbon_says_only_what_its_schema_knows_under_ids_of_its_own() -> None:
    elements = list(tab().iter())
    ids = [element.get("id") for element in elements if "id" in element.attrib]

    for element in elements:
        assert element.tag.startswith(CUSTOM_UI)
        assert set(element.attrib) <= KNOWN[element.tag.removeprefix(CUSTOM_UI)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"wy[A-Z]\w*", str(id_)) for id_ in ids)


def test_the_ribbon_has_a_button_for_every_action_in_the_order_of_the_work() -> None:
    shown = [button.attrib for button in tab().iter(f"{CUSTOM_UI}button")]

    assert [button["tag"] for button in shown] == list(ACTIONS)
    assert [button["label"] for button in shown] == [step.caption for step in buttons.STEPS]
    assert {button["onAction"] for button in shown} == {"WyOnAction"}
    assert b"Public Sub WyOnAction(control As " in TEXT
    assert all(button["imageMso"] and button["screentip"] for button in shown)
    assert all(button["supertip"].endswith("。") for button in shown)


@pytest.mark.slow
@pytest.mark.parametrize("macro", ["WyCheck", "WyOpenFolder"])
def test_a_button_in_calc_rings_the_command_line(
    macro: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung, command = tmp_path / "rung", tmp_path / "wy excel"
    command.write_text(f'#!/bin/sh\necho "$@" >"{rung}.new" && mv "{rung}.new" "{rung}"\n')
    command.chmod(0o755)
    monkeypatch.setenv("WYEXCEL", str(command))
    book = tmp_path / "主 工作簿.xlsm"
    master_workbook.write(official.load(), book)

    with calc.office():
        document = xw.books.open(str(book)).impl.api
        place = f"VBAProject.WyButtons.{macro}?language=Basic&location=document"
        document.getScriptProvider().getScript(f"vnd.sun.star.script:{place}").invoke((), (), ())
        forms = document.Sheets.getByIndex(0).DrawPage.getForms().getByIndex(0)
        bound = [forms.getScriptEvents(at)[0].ScriptCode for at in range(forms.getCount())]
        _wait_for(rung)

    assert rung.read_text() == f"button {RUNS[macro]} --engine libreoffice\n"
    assert [re.findall(r"WyButtons\.(\w+)", code) for code in bound] == [
        [step.macro] for step in buttons.STEPS
    ]


def _wait_for(path: Path) -> None:
    until = time.monotonic() + 20
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.05)
