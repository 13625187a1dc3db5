"""The `dir` stream of a VBA project (MS-OVBA 2.3.4.2): records of an id, a size and the data."""

from collections.abc import Sequence
from struct import pack
from typing import Final

from wyexcel.files.writing.vba.module import CODE_PAGE, Module, ModuleKind

_WINDOWS_64: Final = 3
_ENGLISH: Final = 0x0409
_CODE_PAGE: Final = 1252
_VERSION: Final = (0x65BE0257, 17)
_ANY: Final = 0xFFFF
_AUTOMATION: Final = (
    r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#"
    "OLE Automation"
)


def directory(name: str, modules: Sequence[Module]) -> bytes:
    """What the project *name* consists of, before it is compressed."""
    return b"".join(
        (
            _information(name),
            _twice(0x16, 0x3E, "stdole"),
            _record(0x0D, _sized(_AUTOMATION) + pack("<IH", 0, 0)),
            _record(0x0F, pack("<H", len(modules))),
            _record(0x13, pack("<H", _ANY)),
            *map(_module, modules),
            _record(0x10),
        )
    )


def _information(name: str) -> bytes:
    return b"".join(
        (
            _record(0x01, pack("<I", _WINDOWS_64)),
            _record(0x02, pack("<I", _ENGLISH)),
            _record(0x14, pack("<I", _ENGLISH)),
            _record(0x03, pack("<H", _CODE_PAGE)),
            _record(0x04, name.encode(CODE_PAGE)),
            _twice(0x05, 0x40, ""),  # description
            _record(0x06) + _record(0x3D),  # help files
            _record(0x07, pack("<I", 0)),  # help context
            _record(0x08, pack("<I", 0)),  # flags
            pack("<HIIH", 0x09, 4, *_VERSION),
            _twice(0x0C, 0x3C, ""),  # constants
        )
    )


def _module(module: Module) -> bytes:
    sort = 0x21 if module.sort is ModuleKind.PROCEDURES else 0x22
    return b"".join(
        (
            _twice(0x19, 0x47, module.name),
            _twice(0x1A, 0x32, module.name),  # the stream's name
            _twice(0x1C, 0x48, ""),  # description
            _record(0x31, pack("<I", 0)),  # where the text begins in the stream
            _record(0x1E, pack("<I", 0)),  # help context
            _record(0x2C, pack("<H", _ANY)),
            _record(sort),
            _record(0x2B),
        )
    )


def _twice(code: int, wide: int, text: str) -> bytes:
    """*text* in the code page and in UTF-16, as two records."""
    return _record(code, text.encode(CODE_PAGE)) + _record(wide, text.encode("utf-16-le"))


def _record(code: int, data: bytes = b"") -> bytes:
    return pack("<HI", code, len(data)) + data


def _sized(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode(CODE_PAGE)
