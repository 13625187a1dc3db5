"""LibreOffice's own Python module `uno`: found, and used to reach a running LibreOffice."""

import importlib
import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from wyexcel.errors import CannotRead

_FOLDERS: Final = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/python3/site-packages",
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/Resources",
)
_PATIENCE: Final = 15.0
_PAUSE: Final = 0.01

_NO_UNO: Final = (
    "这个 Python 里没有 LibreOffice 的接口（uno），按钮用不了。"
    "请安装系统软件包 python3-uno，并用系统自带的 Python（{version}）安装 wyexcel；"
    "也可以不用按钮，在命令行运行同名命令。"
)
NO_ANSWER: Final = "LibreOffice 没有应答。请关闭其中打开的对话框，退出单元格编辑，再点一次。"


@cache
def uno() -> Any:
    """The module `uno` of the LibreOffice on this machine; raise CannotRead where there is none."""
    for folder in ("", *_folders()):
        if folder and folder not in sys.path:
            sys.path.append(folder)
        try:
            return importlib.import_module("uno")
        except ImportError:
            continue
    raise CannotRead(_NO_UNO.format(version=f"3.{sys.version_info.minor}"))


def _folders() -> Iterator[str]:
    """The folders in which a module `uno` stands."""
    named = os.environ.get("WYEXCEL_UNO", "")
    for folder in (*filter(None, [named]), *_FOLDERS):
        if (Path(folder) / "uno.py").is_file():
            yield folder


class RunningOffice(NamedTuple):
    """A running LibreOffice: what makes its services, and what is open in it."""

    services: Any
    desktop: Any

    def make(self, service: str) -> Any:
        """A new instance of a UNO *service* (`awt.Toolkit`)."""
        return self.services.createInstance(f"com.sun.star.{service}")


def wait_for_office(address: str) -> RunningOffice:
    """The LibreOffice that listens at *address*, as soon as it does.

    Raises CannotRead where it does not within a few seconds.
    """
    deadline = time.monotonic() + _PATIENCE
    while (office := office_at(address)) is None:
        if time.monotonic() > deadline:
            raise CannotRead(NO_ANSWER)
        time.sleep(_PAUSE)
    return office


def office_at(address: str) -> RunningOffice | None:
    """The LibreOffice that listens at *address*, None where none does."""
    resolver = _resolver()
    try:
        services = resolver.resolve(f"uno:{address};urp;StarOffice.ServiceManager")
        return RunningOffice(services, services.createInstance("com.sun.star.frame.Desktop"))
    except Exception:  # noqa: BLE001 - UNO's own have no base of their own
        return None


@cache
def _resolver() -> Any:
    """UNO's own service that finds a LibreOffice by its address."""
    local = uno().getComponentContext()
    return local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )


def file_of(document: Any) -> Path | None:
    """The file in which *document* lies; None where it was never saved."""
    location = document.getURL()
    return Path(uno().fileUrlToSystemPath(location)) if location else None


def structure(kind: str, **fields: Any) -> Any:
    """A UNO structure of *kind* (`beans.PropertyValue`) with *fields*."""
    struct = uno().createUnoStruct(f"com.sun.star.{kind}")
    for name, value in fields.items():
        setattr(struct, name, value)
    return struct


def enum(kind: str, value: str) -> Any:
    """The member *value* of the UNO enum *kind* (`table.CellHoriJustify`)."""
    return uno().Enum(f"com.sun.star.{kind}", value)


def options(**named: Any) -> tuple[Any, ...]:
    """*named* as the arguments that loading and storing take."""
    return tuple(
        structure("beans.PropertyValue", Name=name, Value=value) for name, value in named.items()
    )
