"""Builds `macros/vbaProject.bin` from the text beside it, the same bytes every time (MS-OVBA)."""

import os
import random
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from compression import compress
from ms_ovba.Models.Entities.doc_module import DocModule
from ms_ovba.Models.Entities.module_base import ModuleBase
from ms_ovba.Models.Entities.reference import Reference
from ms_ovba.Models.Entities.reference_registered import ReferenceRegistered
from ms_ovba.Models.Entities.std_module import StdModule
from ms_ovba.Models.Fields.libid_reference import LibidReference
from ms_ovba.vbaProject import VbaProject
from ms_ovba.Views.project_ole_file import ProjectOleFile
from ms_ovba_compression.ms_ovba import MsOvba

PROJECT: Final = "{5B1C6A52-7B1D-4C0B-9B61-2A8C0F5D7E11}"
WORKBOOK: Final = uuid.UUID("0002081900000000C000000000000046")
WORKSHEET: Final = uuid.UUID("0002082000000000C000000000000046")

_ATTRIBUTES: Final = (
    'Attribute VB_Name = "{name}"\r\n'
    'Attribute VB_Base = "0{{{guid}}}"\r\n'
    "Attribute VB_GlobalNameSpace = False\r\n"
    "Attribute VB_Creatable = False\r\n"
    "Attribute VB_PredeclaredId = True\r\n"
    "Attribute VB_Exposed = True\r\n"
    "Attribute VB_TemplateDerived = False\r\n"
    "Attribute VB_Customizable = True\r\n"
)


def build(modules: list[Path], sheets: int) -> bytes:
    """A project with *modules* (.bas) and one document module for the book and each of *sheets*."""
    state, theirs = random.getstate(), MsOvba.compress
    random.seed(0)  # the project's own scrambling takes its seed from here
    MsOvba.compress = lambda _, data: compress(data)  # that of version 1.0.1 loses bytes
    try:
        with _workshop() as folder:
            ProjectOleFile.write_file(_project(modules, sheets, folder))
            return (folder / "vbaProject.bin").read_bytes()
    finally:
        MsOvba.compress = theirs
        random.setstate(state)


@contextmanager
def _workshop() -> Iterator[Path]:
    """A folder to work in: the library writes its parts into the current one."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)


def _project(modules: list[Path], sheets: int, folder: Path) -> VbaProject:
    project = VbaProject()
    project.project_id = PROJECT
    names = [("ThisWorkbook", WORKBOOK)]
    names += [(f"Sheet{number}", WORKSHEET) for number in range(1, sheets + 1)]
    for name, guid in names:
        text = _ATTRIBUTES.format(name=name, guid=str(guid).upper())
        project.add_module(_module(DocModule(name), text.encode("ascii"), folder))
    for module in modules:
        project.add_module(_module(StdModule(module.stem), module.read_bytes(), folder))
    for name, library in _LIBRARIES:
        project.add_reference(Reference(ReferenceRegistered(library), name))
    return project


def _module(module: ModuleBase, text: bytes, folder: Path) -> ModuleBase:
    module.add_file(str(folder / module.name))
    (folder / f"{module.name}.new").write_bytes(text)
    return module


_LIBRARIES: Final = (
    (
        "stdole",
        LibidReference(
            uuid.UUID("0002043000000000C000000000000046"),
            "2.0",
            "0",
            r"C:\Windows\System32\stdole2.tlb",
            "OLE Automation",
        ),
    ),
)
