"""wyexcel office: the add-in on a clerk's computer, its doctor, and the folder for a stick."""

import io
import re
import subprocess
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

import pytest
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator, ValidationSeverity
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from tests.support import calc
from wyexcel.cli.arguments import Misused, parse
from wyexcel.cli.main import main
from wyexcel.desktop.setup import (
    addin_file,
    batch_files,
    bundle,
    doctor,
    install,
    own_wheel,
    trusted_launch,
)
from wyexcel.desktop.setup.computer import MACOS, WINDOWS, Computer, unblock
from wyexcel.desktop.setup.doctor import LinkState
from wyexcel.errors import CannotRead, CannotWrite
from wyexcel.files.reading import read_workbook
from wyexcel.files.reading.book import Book
from wyexcel.files.writing.find_libreoffice import soffice_program
from wyexcel.master import master_workbook

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # oletools and its parser, on import
    from oletools.olevba import VBA_Parser

EXCEL = (r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", "")
WPS = (r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\et.exe", "")
SECURITY = (r"SOFTWARE\Microsoft\Office\16.0\Excel\Security", "VBAWarnings")
OFFICE_PC: Mapping[tuple[str, str], str] = {EXCEL: r"C:\Office\EXCEL.EXE"}


def windows(
    home: Path, registry: Mapping[tuple[str, str], str] = OFFICE_PC, *, marker: str = "python.exe"
) -> Computer:
    """A clerk's computer: its folders below *home*, and what its *registry* says."""
    interpreter = home / marker
    interpreter.touch()
    return Computer(
        system=WINDOWS,
        home=home,
        variables={"APPDATA": str(home / "Roaming"), "LOCALAPPDATA": str(home / "Local")},
        interpreter=str(interpreter),
        registry=lambda key, name: registry.get((key, name), ""),
    )


def links(computer: Computer, workbook: Path) -> dict[str, doctor.Link]:
    return {link.name: link for link in doctor.examine(computer, workbook)}


def test_the_addin_goes_where_excel_starts_from_for_this_user_alone(tmp_path: Path) -> None:
    computer = windows(tmp_path)

    files = install.install(computer, tmp_path / "master.xlsm")

    assert files == (
        tmp_path / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "wyexcel.xlam",
        tmp_path / ".wyexcel" / "wyexcel.conf",
    )
    assert all(file.is_file() for file in files)


def test_installing_twice_changes_nothing_and_uninstalling_leaves_nothing(tmp_path: Path) -> None:
    computer = windows(tmp_path)
    files = install.install(computer, tmp_path / "master.xlsm")
    before = [file.read_bytes() for file in files]

    assert install.install(computer, tmp_path / "master.xlsm") == files
    assert [file.read_bytes() for file in files] == before
    assert install.uninstall(computer) == files
    assert not any(file.exists() for file in files)
    assert install.uninstall(computer) == ()


def test_a_workspace_gets_the_season_at_a_double_click(tmp_path: Path) -> None:
    (tmp_path / "master.xlsm").touch()

    files = install.install(windows(tmp_path), tmp_path / "master.xlsm")

    assert {tmp_path / "season.bat", tmp_path / "season.txt"} <= set(files)


def test_on_macos_the_script_carries_the_version_of_xlwings(tmp_path: Path) -> None:
    computer = replace(windows(tmp_path), system=MACOS, variables={})

    addin, settings, script = install.install(computer, tmp_path / "master.xlsm")

    assert addin.parts[-4:] == (
        *("User Content.localized", "Startup.localized", "Excel", "wyexcel.xlam"),
    )
    assert "UBF8T346G9.Office" in addin.parts
    assert settings == tmp_path / "Library/Containers/com.microsoft.Excel/Data/wyexcel.conf"
    assert script.parent == tmp_path / "Library/Application Scripts/com.microsoft.Excel"
    assert script.name == f"xlwings-{metadata.version('xlwings')}.applescript"


def test_on_macos_a_path_with_a_space_is_refused_and_told(tmp_path: Path) -> None:
    home = tmp_path / "园区 台账"
    home.mkdir()
    computer = replace(windows(home), system=MACOS, variables={})

    with pytest.raises(CannotWrite, match="空格"):
        install.install(computer, home / "master.xlsm")
    assert not computer.addin.exists()
    computer.addin.parent.mkdir(parents=True)
    computer.addin.write_bytes(addin_file.build(install.settings(computer)))
    assert links(computer, home / "master.xlsm")["设置"].state is LinkState.BROKEN


def test_a_file_where_nothing_can_be_blocked_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "优盘").touch()

    unblock(tmp_path / "优盘" / "master.xlsm")  # the system refuses, as it does on FAT

    assert (tmp_path / "优盘").is_file()


@pytest.mark.parametrize("named", ["宋体 & 新宋体", "SimSun & NSimSun", "宋体"])
def test_a_font_is_found_by_every_name_that_windows_gives_its_file(
    tmp_path: Path, named: str
) -> None:
    fonts = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
    registry = {**OFFICE_PC, (fonts, f"{named} (TrueType)"): "simsun.ttc"}

    def lacking(registry: Mapping[tuple[str, str], str]) -> list[str]:
        link = links(windows(tmp_path, registry), tmp_path / "master.xlsm")["字体"]
        return link.says.removeprefix("没有 ").split("。")[0].split("、")

    assert "宋体" in lacking(OFFICE_PC)
    assert "宋体" not in lacking(registry)


@pytest.mark.parametrize(
    ("system", "interpreter", "variables", "named"),
    [
        (
            WINDOWS,
            r"C:\Users\张三\AppData\Local\wyexcel\Scripts\python.exe",
            {"LOCALAPPDATA": r"C:\Users\张三\AppData\Local", "USERPROFILE": r"C:\Users\张三"},
            r"%LOCALAPPDATA%\wyexcel\Scripts\python.exe",
        ),
        (
            WINDOWS,
            r"C:\Users\张三\.venv\Scripts\python.exe",
            {"LOCALAPPDATA": r"C:\Users\张三\AppData\Local", "USERPROFILE": r"C:\Users\张三"},
            r"%USERPROFILE%\.venv\Scripts\python.exe",
        ),
        (WINDOWS, r"D:\Python\python.exe", {"USERPROFILE": r"C:\Users\a"}, r"D:\Python\python.exe"),
        (MACOS, "/Users/a/w/bin/python", {"HOME": "/Users/a"}, "$HOME/w/bin/python"),
    ],
)
def test_the_interpreter_is_named_by_variables_where_it_lies_below_one(
    system: str, interpreter: str, variables: Mapping[str, str], named: str
) -> None:
    computer = Computer(
        system=system,
        home=Path("/"),
        variables=variables,
        interpreter=interpreter,
        registry=lambda _key, _name: "",
    )

    assert computer.python == named


def test_settings_stand_on_the_sheet_that_xlwings_reads(tmp_path: Path) -> None:
    path = tmp_path / "wyexcel.xlsm"
    path.write_bytes(addin_file.build(install.settings(windows(tmp_path))))
    book = read_workbook.read(path)

    assert isinstance(book, Book)
    rows = {str(row[0]): row[1] for row in book.sheets["wyexcel.conf"] if row}
    assert rows == {
        "Interpreter_Win": str(tmp_path / "python.exe"),
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "SHOW_ERROR_POPUPS": "False",
        "Show Console": "False",
        "Use UDF Server": "False",
    }
    assert addin_file.SETTINGS == "wyexcel.conf"


def test_the_same_settings_stand_in_a_file_that_vba_can_read(tmp_path: Path) -> None:
    computer = replace(windows(tmp_path), interpreter=r"D:\wyexcel\python.exe")

    lines = install.user_settings(computer).split(b"\r\n")

    assert lines[0] == rb'"INTERPRETER_WIN","D:\wyexcel\python.exe"'
    assert lines[1:] == [
        b'"ADD_WORKBOOK_TO_PYTHONPATH","False"',
        b'"SHOW_ERROR_POPUPS","False"',
        b'"SHOW CONSOLE","False"',
        b'"USE UDF SERVER","False"',
        b"",
    ]


def test_a_path_that_vba_would_misread_stays_out_of_that_file(tmp_path: Path) -> None:
    computer = replace(windows(tmp_path), interpreter=r"D:\台账\python.exe")

    assert install.user_settings(computer) == b""
    assert computer.settings not in install.install(computer, tmp_path / "master.xlsm")


def test_the_addin_holds_our_module_beside_those_of_the_installed_xlwings(tmp_path: Path) -> None:
    path = tmp_path / "wyexcel.xlam"
    path.write_bytes(addin_file.build({}))
    parser = VBA_Parser(str(path))
    macros = {name: code for _, _, name, code in parser.extract_macros()}
    parser.close()

    assert list(macros) == [
        *("ThisWorkbook.cls", "Sheet1.cls", "WyAddin.bas", "xlwings.bas", "Dictionary.cls"),
    ]
    ours = (master_workbook.macros() / "WyAddin.bas").read_text("ascii")
    assert macros["WyAddin.bas"].splitlines() == ours.splitlines()
    assert f'XLWINGS_VERSION As String = "{metadata.version("xlwings")}"' in macros["xlwings.bas"]
    assert 'PROJECT_NAME As String = "wyexcel"' in macros["xlwings.bas"]
    shipped = addin_file.xlwings_file(RUNNER).replace("myaddin", "wyexcel")
    shipped = trusted_launch.without_lookups(shipped)
    assert macros["xlwings.bas"].splitlines() == shipped.splitlines()


RUNNER = "xlwings/xlwings_custom_addin.bas"
SHIPPED = addin_file.xlwings_file(RUNNER)


def runner_in(addin: bytes) -> str:
    """xlwings' module as olevba reads it out of *addin*."""
    parser = VBA_Parser("wyexcel.xlam", data=addin)
    try:
        return {name: code for _, _, name, code in parser.extract_macros()}["xlwings.bas"]
    finally:
        parser.close()


def test_the_workbook_in_front_does_not_choose_the_program_that_a_button_starts() -> None:
    lines = [line.strip() for line in runner_in(addin_file.build({})).splitlines()]
    code = [line for line in lines if not line.startswith("'")]

    read = {line for line in code if "GetConfigFromSheet(" in line and "Function" not in line}
    assert read
    assert all("GetConfigFromSheet(ThisWorkbook)" in line for line in read)
    files = [line for line in code if "GetConfigFromFile(" in line and "Function" not in line]
    assert files == ["If GetConfigFromFile(GetConfigFilePath(), configKey, configValue) Then"]
    [place] = [line for line in code if line.startswith("GetConfigFilePath = Environ")]
    assert "USERPROFILE" in place
    assert not [line for line in code if "GetDirectoryPath(ActiveWorkbook" in line]
    assert not [line for line in code if '".py"' in line or 'source = "directory"' in line]


def test_neither_its_folder_nor_its_path_goes_into_the_command() -> None:
    module = runner_in(addin_file.build({}))
    paths = [line.strip() for line in module.splitlines() if "PYTHONPATH = AddExcelDir" in line]

    assert paths
    assert all(line.startswith('PYTHONPATH = AddExcelDir & ";;;" & GetConfig(') for line in paths)
    given = {line.strip() for line in module.splitlines() if "AddExcelDir = " in line}
    assert given == {'AddExcelDir = "false"'}
    assert 'GetConfig("INTERPRETER", "python' not in module


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf")', "HasSettings(ActiveWorkbook)"),
        ("GetConfigFromFile(GetDirectoryConfigFilePath(), ", "FromFile(NearBy(), "),
        ('Right$(sht.Name, 3) = ".py"', 'LCase$(Right$(sht.Name, 3)) = ".py"'),
        ('GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")', 'GetConfig("ADD_WORKBOOK", "true")'),
        ("& ActiveFullName &", "& ActiveWorkbook.FullName &"),
        ('GetConfig("INTERPRETER", "python")', 'GetConfig("INTERPRETER", "python3")'),
        ("    ' User Config\n", "    Set d = GetConfigFromSheet(wb)\n    ' User Config\n"),
        ("    ' User Config\n", '    x = SheetExists(ActiveWorkbook, "a.conf")\n'),
        ("    ' User Config\n", "    x = GetConfigFromFile(CurDir, configKey, configValue)\n"),
    ],
)
def test_another_xlwings_than_the_known_one_makes_no_addin(old: str, new: str) -> None:
    changed = SHIPPED.replace(old, new)
    assert changed != SHIPPED

    with pytest.raises(CannotRead, match=r"安装的 xlwings 与本程序不配套.*没有做。请重新安装"):
        trusted_launch.without_lookups(changed)


def test_an_independent_validator_finds_no_error_in_the_addin(tmp_path: Path) -> None:
    path = tmp_path / "wyexcel.xlam"
    path.write_bytes(addin_file.build(install.settings(windows(tmp_path))))

    found = OpenXmlValidator().validate(path).errors
    assert [f.description for f in found if f.severity is ValidationSeverity.ERROR] == []
    with zipfile.ZipFile(path) as book:
        assert b"vnd.ms-excel.addin.macroEnabled.main+xml" in book.read("[Content_Types].xml")
        assert book.testzip() is None


@pytest.mark.slow
@pytest.mark.skipif(not soffice_program(), reason="没有 LibreOffice")
def test_libreoffice_opens_the_same_parts_as_a_workbook(tmp_path: Path) -> None:
    """It reads no add-ins, those of xlwings neither; all but the type of the book is the same."""
    content = io.BytesIO(addin_file.build(install.settings(windows(tmp_path))))
    path = tmp_path / "wyexcel.xlsm"
    with zipfile.ZipFile(content) as addin, zipfile.ZipFile(path, "w") as book:
        for part in addin.infolist():
            book.writestr(part, addin.read(part).replace(b"ms-excel.addin", b"ms-excel.sheet"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [soffice_program() or "", profile, "--headless", "--convert-to", "ods"]

    subprocess.run([*words, "--outdir", str(tmp_path), str(path)], check=True, timeout=120)

    with zipfile.ZipFile(tmp_path / "wyexcel.ods") as opened:
        assert "Interpreter_Win" in opened.read("content.xml").decode()
        assert "Basic/VBAProject/WyAddin.xml" in opened.namelist()


def test_a_whole_chain_has_no_broken_link(tmp_path: Path) -> None:
    computer, workbook = windows(tmp_path), tmp_path / "master.xlsm"
    workbook.touch()
    install.install(computer, workbook)

    assert [k for k in doctor.examine(computer, workbook) if k.state is LinkState.BROKEN] == []


def test_the_doctor_says_that_the_addin_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    link = links(windows(tmp_path), tmp_path / "master.xlsm")["加载项"]

    assert link.state is LinkState.BROKEN
    assert link.says.endswith("运行 wyexcel office install。")


def test_the_doctor_knows_an_addin_of_another_interpreter_or_version(tmp_path: Path) -> None:
    install.install(windows(tmp_path, marker="old.exe"), tmp_path / "master.xlsm")

    link = links(windows(tmp_path), tmp_path / "master.xlsm")["加载项版本"]

    assert link.state is LinkState.BROKEN
    assert "不一致" in link.says


def test_a_mark_of_the_web_is_found_and_taken_away(tmp_path: Path) -> None:
    computer, workbook = windows(tmp_path), tmp_path / "master.xlsm"
    workbook.touch()
    install.install(computer, workbook)
    marks = [Path(f"{path}:Zone.Identifier") for path in (computer.addin, workbook)]
    for mark in marks:  # on NTFS a stream of the file, elsewhere a file beside it
        mark.write_text("[ZoneTransfer]\nZoneId=3\n")

    found = links(computer, workbook)
    install.install(computer, workbook)

    assert [found[name].state for name in ("加载项解锁", "主工作簿")] == [LinkState.BROKEN] * 2
    assert not any(mark.exists() for mark in marks)


@pytest.mark.parametrize(
    ("registry", "says"),
    [
        ({}, "没有找到 Excel"),
        ({WPS: "et.exe"}, "只有 WPS"),
    ],
)
def test_without_excel_the_doctor_says_what_works_instead(
    tmp_path: Path, registry: Mapping[tuple[str, str], str], says: str
) -> None:
    link = links(windows(tmp_path, registry), tmp_path / "master.xlsm")["Excel"]

    assert link.state is LinkState.BROKEN
    assert says in link.says
    assert "season.bat" in link.says


def test_beside_wps_the_doctor_warns(tmp_path: Path) -> None:
    found = links(windows(tmp_path, {**OFFICE_PC, WPS: "et.exe"}), tmp_path / "master.xlsm")

    assert found["Excel"].state is LinkState.FINE
    assert found["WPS"].state is LinkState.HINT


def test_macros_switched_off_are_a_broken_link(tmp_path: Path) -> None:
    found = links(windows(tmp_path, {**OFFICE_PC, SECURITY: "4"}), tmp_path / "master.xlsm")

    assert found["宏设置"].state is LinkState.BROKEN


def test_the_doctor_sees_that_this_python_reaches_libreoffice(tmp_path: Path) -> None:
    if reason := calc.absent():
        pytest.skip(reason)
    computer = replace(windows(tmp_path), system="linux")

    link = links(computer, tmp_path / "master.xlsm")["LibreOffice 接口"]

    assert link.state is LinkState.FINE


def test_where_no_excel_can_be_nothing_is_installed(tmp_path: Path) -> None:
    computer = replace(windows(tmp_path), system="linux")

    with pytest.raises(CannotWrite, match="LibreOffice"):
        install.install(computer, tmp_path / "master.xlsm")


@pytest.mark.parametrize("line", ["office", "office repair", "office bundle", "office doctor x"])
def test_a_word_too_few_or_too_many_is_said(line: str) -> None:
    with pytest.raises(Misused, match=r"office|repair"):
        parse(line.split())


def test_the_doctor_answers_as_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["office", "doctor", "--json", "-"])

    assert code in {0, 1}
    assert '"name": "Python"' in capsys.readouterr().out


# The folder for a stick


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("u") / "wyexcel"
    try:
        bundle.make(folder)
    except CannotWrite as error:
        pytest.skip(f"no packages to be had here: {error}")
    return folder


def conditions(wheel: Path) -> Iterable[Requirement]:
    """What *wheel* needs on the computer that the stick is for."""
    there = {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "python_version": "3.12",
        "python_full_version": "3.12.0",
        "extra": "",
    }
    with zipfile.ZipFile(wheel) as box:
        [name] = [n for n in box.namelist() if n.endswith(".dist-info/METADATA")]
        text = box.read(name).decode().replace("\r\n", "\n")
    for line in re.findall(r"(?m)^Requires-Dist: (.*)$", text.partition("\n\n")[0]):
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate(there):
            yield need


@pytest.mark.slow
def test_every_wheel_runs_on_windows_and_every_need_is_on_the_stick(stick: Path) -> None:
    wheels = sorted((stick / "wheels").iterdir())
    tags = {
        *cpython_tags((3, 12), platforms=["win_amd64"]),
        *compatible_tags((3, 12), platforms=["win_amd64"]),
    }
    there = {}
    for wheel in wheels:
        name, version, _, its = parse_wheel_filename(wheel.name)
        there[name] = version
        assert its & tags, wheel.name

    needed = [need for wheel in wheels for need in conditions(wheel)]
    assert [n for n in needed if there.get(canonicalize_name(n.name)) not in n.specifier] == []
    assert {"wyexcel", "xlwings", "pywin32", "pandas"} <= set(there)


@pytest.mark.slow
def test_the_workspace_on_the_stick_works(stick: Path) -> None:
    assert main(["--quiet", "-C", str(stick / "workspace"), "check", "2025-09"]) in {1, 2}
    assert (stick / "workspace" / "master.xlsm").is_file()


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "别的.txt").touch()

    with pytest.raises(CannotWrite, match="已有文件"):
        bundle.make(tmp_path)


def test_batch_files_are_ascii_and_name_only_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "workspace").mkdir()
    [top, *_] = batch_files.write(batch_files.INSTALL, tmp_path)
    [season, _] = batch_files.write(batch_files.SEASON, tmp_path / "workspace")

    for batch in (top, season):
        text = batch.read_bytes()
        assert text.isascii()
        assert text.count(b"\n") == text.count(b"\r\n")
        assert text.startswith(b"@echo off\r\nchcp 65001 >nul\r\n")
    named = re.findall(r'"%HERE%([\w.-]+)', top.read_text())
    made = {path.name for path in tmp_path.iterdir()} | {"wheels", "python"}
    assert set(named) <= made
    assert "type season.txt" in season.read_text()
    assert (season.parent / "season.txt").read_text("utf-8").startswith("做完一季")
    labels = set(re.findall(r"(?m)^:(\w+)", top.read_text()))
    assert set(re.findall(r"(?:goto|call) :?(\w+)", top.read_text())) <= labels


def test_our_own_wheel_is_whole(tmp_path: Path) -> None:
    path = own_wheel.make(tmp_path)
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        info = f"wyexcel-{metadata.version('wyexcel')}.dist-info"
        record = wheel.read(f"{info}/RECORD").decode()

    assert {"wyexcel/cli/main.py", "wyexcel/plan/plan.toml", "wyexcel/macros/WyAddin.bas"} <= names
    assert {f"{info}/METADATA", f"{info}/WHEEL", f"{info}/entry_points.txt"} <= names
    assert {line.partition(",")[0] for line in record.splitlines()} == names
    assert not any("__pycache__" in name for name in names)
