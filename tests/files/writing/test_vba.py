"""The VBA project that we write is one, for olevba, for MS-OVBA, and beside one that VBA wrote."""

import io
import re
import warnings
import zipfile
from importlib import metadata
from pathlib import Path
from struct import unpack_from

import olefile
import pytest

from wyexcel.desktop.setup import addin_file
from wyexcel.files.writing import vba
from wyexcel.files.writing.vba.compression import compress
from wyexcel.master import master_workbook

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # oletools and its parser, on import
    from oletools.olevba import VBA_Parser, decompress_stream

BUTTONS = master_workbook.macros() / "WyButtons.bas"
PROJECT_VERSION = 0x09
SUSPECTED = {"Environ", "ChrW", "Hex Strings", "Base64 Strings"}
"""What olevba also notes: where the program lies, and Chinese words by their numbers."""

REFERENCES = {0x0D, 0x0E, 0x16, 0x2F, 0x30, 0x33, 0x3E}


def xlwings(name: str) -> Path:
    return Path(str(metadata.distribution("xlwings").locate_file(f"xlwings/{name}")))


def streams(project: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(io.BytesIO(project)) as file:
        return {"/".join(path): file.openstream(path).read() for path in file.listdir()}


def unpacked(stream: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(stream)))


def records(directory: bytes) -> list[tuple[int, bytes]]:
    """The records of a dir stream; that of the version gives a size that is not its own."""
    at, found = 0, []
    while at < len(directory):
        code, size = unpack_from("<HI", directory, at)
        size = 6 if code == PROJECT_VERSION else size
        found.append((code, directory[at + 6 : at + 6 + size]))
        at += 6 + size
    return found


def modules(directory: bytes) -> list[list[int]]:
    """The codes of each module's records, in order, without its description."""
    codes = [code for code, _ in records(directory)]
    inner = codes[codes.index(0x13) + 1 : -1]
    ends = [at + 1 for at, code in enumerate(inner) if code == 0x2B]
    return [inner[a:b] for a, b in zip([0, *ends], ends, strict=False)]


def keys(project: bytes) -> list[str]:
    text = streams(project)["PROJECT"].decode("cp1252")
    return [line.partition("=")[0] or line for line in text.splitlines()]


@pytest.fixture(scope="module")
def ours() -> bytes:
    return vba.in_workbook(1, *addin_file.modules()).to_bytes()


@pytest.fixture(scope="module")
def theirs() -> bytes:
    """A project that the VBA editor saved, with the same kinds of modules."""
    with zipfile.ZipFile(xlwings("quickstart_addin.xlam")) as book:
        return book.read("xl/vbaProject.bin")


def test_the_built_project_holds_the_macros_and_nothing_else() -> None:
    parser = VBA_Parser(str(master_workbook.macros() / master_workbook.PROJECT))
    macros = {name: code for _, _, name, code in parser.extract_macros()}
    parser.close()

    assert {name for name in macros if not re.match(r"Sheet\d+\.cls|ThisWorkbook\.cls", name)} == {
        "WyButtons.bas"
    }
    assert macros["WyButtons.bas"].splitlines() == BUTTONS.read_text("ascii").splitlines()
    assert all(
        line.startswith("Attribute ")
        for name, code in macros.items()
        if name != "WyButtons.bas"
        for line in code.splitlines()
    )


@pytest.mark.parametrize("module", [BUTTONS, master_workbook.macros() / addin_file.MODULE])
def test_a_module_of_ours_is_ascii_and_explicit(module: Path) -> None:
    text = module.read_bytes()

    assert text.isascii()
    assert b"\r\nOption Explicit\r\n" in text
    assert text.count(b"\n") == text.count(b"\r\n")


def test_the_macros_do_nothing_suspicious_but_shell() -> None:
    parser = VBA_Parser(str(master_workbook.macros() / master_workbook.PROJECT))
    found = {(sort, word) for sort, word, _ in parser.analyze_macros()}
    parser.close()

    assert {word for sort, word in found if sort == "AutoExec"} == set()
    assert {word for sort, word in found if sort == "Suspicious"} - SUSPECTED == {"Shell", "Run"}


def test_the_records_come_in_the_order_of_one_that_the_editor_saved(
    ours: bytes, theirs: bytes
) -> None:
    mine, other = (unpacked(streams(project)["VBA/dir"]) for project in (ours, theirs))
    information = [
        [code for code, _ in records(directory) if code not in REFERENCES][:16]
        for directory in (mine, other)
    ]

    assert information[0] == information[1]
    assert {tuple(module) for module in modules(mine)} == {
        tuple(module) for module in modules(other)
    }
    assert records(mine)[-1] == records(other)[-1] == (0x10, b"")


def test_the_records_that_say_how_to_read_the_rest_are_the_same(ours: bytes, theirs: bytes) -> None:
    mine, other = (dict(records(unpacked(streams(p)["VBA/dir"]))) for p in (ours, theirs))

    assert [mine[code] for code in (0x02, 0x14, 0x03, 0x07, 0x08)] == [
        other[code] for code in (0x02, 0x14, 0x03, 0x07, 0x08)
    ]


def test_the_properties_have_the_same_keys_in_the_same_order(ours: bytes, theirs: bytes) -> None:
    names = {"ThisWorkbook", "Sheet1", "Sheet2", "Dictionary", "xlwings", "WyAddin", "Module1"}
    same = [
        [key for key in keys(p) if key not in {*names, "Document", "Module", "Class", ""}]
        for p in (ours, theirs)
    ]

    assert same[0] == same[1]


def test_every_module_is_named_in_every_place(ours: bytes) -> None:
    parts = streams(ours)
    named = [data.decode() for code, data in records(unpacked(parts["VBA/dir"])) if code == 0x19]
    text = parts["PROJECT"].decode()

    assert named == ["ThisWorkbook", "Sheet1", "WyAddin", "xlwings", "Dictionary"]
    assert re.findall(r"(?m)^(?:Document|Module|Class)=(\w+)", text) == named
    assert {path.removeprefix("VBA/") for path in parts if path.startswith("VBA/")} == {
        *(*named, "dir", "_VBA_PROJECT"),
    }
    assert b"".join(name.encode() + b"\0" for name in named[:1]) in parts["PROJECTwm"]


def test_the_class_is_stored_as_the_editor_stores_it(ours: bytes, theirs: bytes) -> None:
    offset = next(
        unpack_from("<I", data)[0]
        for code, data in records(unpacked(streams(theirs)["VBA/dir"]))[30:]
        if code == 0x31 and unpack_from("<I", data)[0] > 0x1000
    )
    other = unpacked(streams(theirs)["VBA/Dictionary"][offset:]).decode().splitlines()
    mine = unpacked(streams(ours)["VBA/Dictionary"]).decode().splitlines()

    assert mine[:8] == other[:8]


def test_locks_say_open_without_password_and_visible(ours: bytes) -> None:
    text = streams(ours)["PROJECT"].decode()
    [guid] = re.findall(r'^ID="(.*)"', text)
    said = {key: bytes.fromhex(value) for key, value in re.findall(r'(CMG|DPB|GC)="(\w+)"', text)}

    assert {key: unscrambled(data, guid) for key, data in said.items()} == {
        "CMG": bytes(4),
        "DPB": b"\0",
        "GC": b"\xff",
    }


def unscrambled(data: bytes, guid: str) -> bytes:
    """What MS-OVBA 2.4.3.3 reads out of *data*."""
    seed, version, key = data[0], data[1] ^ data[0], data[2] ^ data[0]
    assert version == 2
    assert key == sum(guid.encode()) & 0xFF
    out, before = bytearray(), key
    for at in range(3, len(data)):
        out.append(data[at] ^ (before + data[at - 2] & 0xFF))
        before = out[-1]
    out = out[(seed & 6) // 2 :]
    assert int.from_bytes(out[:4], "little") == len(out) - 4
    return bytes(out[4:])


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 20_000])
def test_what_is_compressed_comes_back(size: int) -> None:
    text = ("Attribute VB_Name = \r\n" * 1000)[:size].encode()

    assert unpacked(compress(text)) == text


def test_the_same_modules_give_the_same_bytes(ours: bytes) -> None:
    assert vba.in_workbook(1, *addin_file.modules()).to_bytes() == ours


def test_the_tree_of_names_is_ordered_for_searching(ours: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(ours)) as file:
        entries = {entry.sid: entry for entry in file.direntries if entry}

        def names(sid: int) -> list[str]:
            if sid not in entries:
                return []
            entry = entries[sid]
            return [*names(entry.sid_left), entry.name, *names(entry.sid_right)]

        [storage] = [entry for entry in entries.values() if entry.name == "VBA"]
        found = names(storage.sid_child)

    assert found == sorted(found, key=lambda name: (len(name), name.upper()))
    assert len(found) == 7
