"""The ribbon keeps the rules of the customUI schema (2009/07) for what it uses."""

import re
import xml.etree.ElementTree as ET
import zipfile

import pytest

from tests.support.repository import ROOT
from wyexcel.cli.arguments import BUTTONS
from wyexcel.desktop.setup import addin_file
from wyexcel.files.writing import ribbon
from wyexcel.master import buttons, master_workbook

NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"

ATTRIBUTES = {
    "customUI": {"onLoad", "loadImage"},
    "ribbon": {"startFromScratch"},
    "tabs": set[str](),
    "tab": {"id", "label", "insertAfterMso", "insertBeforeMso", "keytip", "visible"},
    "group": {"id", "label", "screentip", "supertip", "visible"},
    "button": {
        *("id", "label", "size", "imageMso", "onAction", "tag", "screentip", "supertip"),
        *("keytip", "description", "enabled", "visible"),
    },
}
"""Of [MS-CUSTOMUI] 2.2: the elements that we use, and what each may carry."""

INSIDE = {
    "customUI": "ribbon",
    "ribbon": "tabs",
    "tabs": "tab",
    "tab": "group",
    "group": "button",
}

IMAGES = {
    *("AutoSum", "CalculateNow", "DataValidation", "FileOpen", "FilePrintPreview"),
    *("FileSaveAsPdfOrXps", "FileSendAsAttachment", "ReviewRejectChange", "Undo"),
}
"""Commands of Excel since 2007 as other add-ins use them; a command's name is that of its picture.
Not held against Microsoft's own lists (OfficeDev/office-fluent-ui-command-identifiers) yet."""

LONGEST = 1024


@pytest.fixture(scope="module")
def root() -> ET.Element:
    return ET.fromstring((master_workbook.macros() / master_workbook.RIBBON).read_text("utf-8"))  # noqa: S314 - ours


def name(element: ET.Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def test_every_element_and_attribute_is_one_of_the_schema(root: ET.Element) -> None:
    for element in root.iter():
        assert element.tag.startswith(NAMESPACE)
        assert set(element.attrib) <= ATTRIBUTES[name(element)]
        assert {name(child) for child in element} <= {INSIDE.get(name(element), "")}


def test_every_id_is_unique_and_an_xml_name(root: ET.Element) -> None:
    ids = [e.attrib["id"] for e in root.iter() if name(e) in {"tab", "group", "button"}]

    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"wy[A-Za-z0-9]+", one) for one in ids)


def test_every_text_is_short_enough(root: ET.Element) -> None:
    assert max(len(value) for e in root.iter() for value in e.attrib.values()) <= LONGEST


def test_every_button_has_a_picture_that_excel_brings_along(root: ET.Element) -> None:
    assert {e.attrib["imageMso"] for e in root.iter(f"{NAMESPACE}button")} == IMAGES


def test_every_button_is_known_to_the_program_and_explained(root: ET.Element) -> None:
    buttons = list(root.iter(f"{NAMESPACE}button"))

    assert [b.attrib["tag"] for b in buttons] == list(BUTTONS)
    assert len(buttons) < 10
    assert all(b.attrib["supertip"].endswith("。") for b in buttons)
    assert all(b.attrib.get("size", "normal") in {"large", "normal"} for b in buttons)


def test_it_says_what_the_desk_says(root: ET.Element) -> None:
    labels = {b.attrib["tag"]: b.attrib["label"] for b in root.iter(f"{NAMESPACE}button")}

    assert labels == {step.action: step.caption for step in buttons.STEPS}


@pytest.mark.parametrize("module", ["WyButtons.bas", addin_file.MODULE])
def test_its_callback_is_there(root: ET.Element, module: str) -> None:
    text = (master_workbook.macros() / module).read_text("ascii")
    called = {b.attrib["onAction"] for b in root.iter(f"{NAMESPACE}button")}

    assert [f"Public Sub {one}(control As Object)" in text for one in called] == [True]


def test_the_master_carries_it_unchanged() -> None:
    built = ROOT / "workbooks" / "master.xlsm"
    with zipfile.ZipFile(built) as book:
        assert (
            book.read(ribbon.PART)
            == (master_workbook.macros() / master_workbook.RIBBON).read_bytes()
        )
