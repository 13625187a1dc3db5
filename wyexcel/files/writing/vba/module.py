"""One module of a VBA project: of a workbook or sheet, a class, or plain procedures."""

from enum import Enum
from typing import Final

from msgspec import Struct

from wyexcel.files.writing.vba.compression import compress

CODE_PAGE: Final = "cp1252"
"""The code page of a project; what we put in is ASCII, the same in every one."""

WORKBOOK: Final = "00020819-0000-0000-C000-000000000046"
WORKSHEET: Final = "00020820-0000-0000-C000-000000000046"
_CLASS: Final = "FCFB3D2A-A0FA-1068-A738-08002B3371B5"

_DOCUMENT: Final = (
    'Attribute VB_Name = "{name}"\r\n'
    'Attribute VB_Base = "0{{{guid}}}"\r\n'
    "Attribute VB_GlobalNameSpace = False\r\n"
    "Attribute VB_Creatable = False\r\n"
    "Attribute VB_PredeclaredId = True\r\n"
    "Attribute VB_Exposed = True\r\n"
    "Attribute VB_TemplateDerived = False\r\n"
    "Attribute VB_Customizable = True\r\n"
)
_NAME: Final = "Attribute VB_Name = "
_EXPOSED: Final = "Attribute VB_Exposed = "


class ModuleKind(Enum):
    """What a module belongs to; the value is how the PROJECT stream names it."""

    DOCUMENT = "Document={}/&H00000000"
    CLASS = "Class={}"
    PROCEDURES = "Module={}"


class Module(Struct, frozen=True):
    """A module by its name, with its text as the stream of the project holds it."""

    name: str
    sort: ModuleKind
    text: str

    @property
    def stream(self) -> bytes:
        """The compressed text."""
        return compress(self.text.encode(CODE_PAGE))


def document(name: str, guid: str) -> Module:
    """The empty module that stands behind a workbook or a sheet."""
    return Module(name, ModuleKind.DOCUMENT, _DOCUMENT.format(name=name, guid=guid))


def read_module(text: str) -> Module:
    """The module that an exported file (.bas, .cls) holds; line ends are those of Windows."""
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(_NAME))
    name = lines[start].removeprefix(_NAME).strip('"')
    if start == 0:
        return Module(name, ModuleKind.PROCEDURES, _joined(lines))
    return Module(name, ModuleKind.CLASS, _joined(_as_stored(lines[start:])))


def _as_stored(lines: list[str]) -> list[str]:
    """The text of a class with the attributes that an exported file leaves out."""
    stored = list[str]()
    for line in lines:
        stored.append(line)
        if line.startswith(_NAME):
            stored.append(f'Attribute VB_Base = "0{{{_CLASS}}}"')
        elif line.startswith(_EXPOSED):
            stored.append("Attribute VB_TemplateDerived = False")
            stored.append("Attribute VB_Customizable = False")
    return stored


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)
