"""A whole VBA project: its modules, its properties, and the file that holds them."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from wyexcel.files.writing.vba.compound import Node, pack
from wyexcel.files.writing.vba.compression import compress
from wyexcel.files.writing.vba.directory import directory
from wyexcel.files.writing.vba.module import CODE_PAGE, WORKBOOK, WORKSHEET, Module, document

_VERSION: Final = b"\xcc\x61\xff\xff\x00\x01\x00"
"""The `_VBA_PROJECT` stream of a project without compiled code."""

_NAME: Final = "VBAProject"
_GUID: Final = "{5B1C6A52-7B1D-4C0B-9B61-2A8C0F5D7E11}"
_HOST: Final = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
_SEED: Final = 0x18
"""What the scrambling starts from; with this one nothing random goes in between."""

_OPEN: Final = bytes(4)
_NO_PASSWORD: Final = b"\x00"
_VISIBLE: Final = b"\xff"
_BYTE: Final = 0xFF


class Project(Struct, frozen=True):
    """*modules* under *name*; *guid*, in braces, tells one project from another."""

    name: str
    guid: str
    modules: tuple[Module, ...]

    def to_bytes(self) -> bytes:
        """The project as a vbaProject.bin."""
        streams = {module.name: module.stream for module in self.modules}
        streams["_VBA_PROJECT"] = _VERSION
        streams["dir"] = compress(directory(self.name, self.modules))
        inner = tuple(Node(name, data) for name, data in streams.items())
        outer = (
            Node("VBA", children=inner),
            Node("PROJECT", self._properties().encode(CODE_PAGE)),
            Node("PROJECTwm", self._names()),
        )
        return pack(Node("Root Entry", children=outer))

    def _properties(self) -> str:
        """The PROJECT stream (MS-OVBA 2.3.1)."""
        return "".join(f"{line}\r\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield f'ID="{self.guid}"'
        yield from (module.sort.value.format(module.name) for module in self.modules)
        yield f'Name="{self.name}"'
        yield 'HelpContextID="0"'
        yield 'VersionCompatible32="393222000"'
        yield f'CMG="{_scrambled(self.guid, _OPEN)}"'
        yield f'DPB="{_scrambled(self.guid, _NO_PASSWORD)}"'
        yield f'GC="{_scrambled(self.guid, _VISIBLE)}"'
        yield from ("", "[Host Extender Info]", _HOST, "", "[Workspace]")
        yield from (f"{module.name}=0, 0, 0, 0, C" for module in self.modules)

    def _names(self) -> bytes:
        """The PROJECTwm stream: every name in the code page and in UTF-16."""
        pairs = (
            m.name.encode(CODE_PAGE) + b"\0" + m.name.encode("utf-16-le") + b"\0\0"
            for m in self.modules
        )
        return b"".join(pairs) + b"\0\0"


def in_workbook(sheets: int, *modules: Module) -> Project:
    """The project of a workbook with so many *sheets*, named Sheet1 and on, and *modules*."""
    book = document("ThisWorkbook", WORKBOOK)
    each = (document(f"Sheet{number}", WORKSHEET) for number in range(1, sheets + 1))
    return Project(_NAME, _GUID, (book, *each, *modules))


def _scrambled(guid: str, data: bytes) -> str:
    """*data* as a property of the project *guid* holds it (MS-OVBA 2.4.3.2)."""
    key = sum(guid.encode()) & _BYTE
    out = bytearray((_SEED, _SEED ^ 2, _SEED ^ key))
    before = key
    for byte in len(data).to_bytes(4, "little") + data:
        out.append(byte ^ (before + out[-2] & _BYTE))
        before = byte
    return out.hex().upper()
