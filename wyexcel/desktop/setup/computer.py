"""The computer that wyexcel is put on: its system, its user's folders, its registry."""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final

from msgspec import Struct

WINDOWS: Final = "win32"
MACOS: Final = "darwin"
ADDIN: Final = "wyexcel.xlam"

_SHORTER: Final[Mapping[str, tuple[str, ...]]] = {
    WINDOWS: ("LOCALAPPDATA", "APPDATA", "USERPROFILE"),
    MACOS: ("HOME",),
}
_OFFICE: Final = PurePath("Library", "Group Containers", "UBF8T346G9.Office")
_MAC_STARTUP: Final = _OFFICE / "User Content.localized" / "Startup.localized" / "Excel"
_MAC_SCRIPTS: Final = PurePath("Library", "Application Scripts", "com.microsoft.Excel")
_MAC_DATA: Final = PurePath("Library", "Containers", "com.microsoft.Excel", "Data")
_MARK: Final = ":Zone.Identifier"


class Computer(Struct, frozen=True, kw_only=True):
    """What an installation depends on; `registry` gives a value of Windows' registry, or ""."""

    system: str
    home: Path
    variables: Mapping[str, str]
    interpreter: str
    registry: Callable[[str, str], str]

    @property
    def runs_excel(self) -> bool:
        """Whether there can be an Excel."""
        return self.system in _SHORTER

    @property
    def addin(self) -> Path:
        """Where Excel loads the add-in from when it starts, for this user alone."""
        if self.system == MACOS:
            return self.home / _MAC_STARTUP / ADDIN
        roaming = self.variables.get("APPDATA") or self.home / "AppData" / "Roaming"
        return Path(roaming, "Microsoft", "Excel", "XLSTART", ADDIN)

    @property
    def settings(self) -> Path:
        """The user's settings, read where the add-in's own sheet is not."""
        if self.system == MACOS:
            return self.home / _MAC_DATA / "wyexcel.conf"
        return self.home / ".wyexcel" / "wyexcel.conf"

    @property
    def scripts(self) -> Path:
        """Where Excel on macOS finds the script that starts Python."""
        return self.home / _MAC_SCRIPTS

    @property
    def python(self) -> str:
        """The interpreter as Excel's settings name it: by variables, where it lies below one."""
        for name in _SHORTER.get(self.system, ()):
            if self.variables.get(name) and (rest := self._below(self.variables[name])):
                return f"%{name}%\\{rest}" if self.system == WINDOWS else f"${name}/{rest}"
        return self.interpreter

    @property
    def is_out_of_reach(self) -> bool:
        """Whether Excel cannot start the interpreter: on macOS xlwings does not quote its path."""
        return self.system == MACOS and " " in self.interpreter

    def _below(self, folder: str) -> str:
        kind = PureWindowsPath if self.system == WINDOWS else PurePath
        path = kind(self.interpreter)
        return str(path.relative_to(folder)) if path.is_relative_to(folder) else ""


def this_computer() -> Computer:
    """The computer that the program runs on."""
    return Computer(
        system=sys.platform,
        home=Path.home(),
        variables=os.environ,
        interpreter=_console(sys.executable),
        registry=_registry,
    )


def _console(interpreter: str) -> str:
    """*interpreter* (pythonw.exe has no console) as the one beside it that shows errors."""
    path = Path(interpreter)
    console = path.with_name("python.exe")
    return str(console) if path.name.lower() == "pythonw.exe" and console.exists() else interpreter


def is_blocked(path: Path) -> bool:
    """Whether Windows remembers that *path* came from the internet: then its macros do not run."""
    return Path(f"{path}{_MARK}").exists()


def unblock(path: Path) -> None:
    """Let Windows forget that *path* came from the internet; a USB stick remembers nothing."""
    with suppress(OSError):
        Path(f"{path}{_MARK}").unlink(missing_ok=True)


def _registry(key: str, name: str) -> str:
    """The value *name* of *key* for this user, or else for the machine; "" where there is none."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - Windows has it

        for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            try:
                with winreg.OpenKey(hive, key) as handle:
                    return str(winreg.QueryValueEx(handle, name)[0])
            except OSError:
                continue
    return ""
