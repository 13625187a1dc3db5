"""The way to a running LibreOffice: its `uno` module, and a pipe that only this user may use.

A LibreOffice that a clerk started as usual listens to nobody. Started once more with `--accept`,
the second process hands that wish to the first and ends: then the first one listens.
"""

import contextlib
import importlib
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from wyexcel import paper
from wyexcel.errors import CannotRead

_HOMES: Final = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/python3/site-packages",
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/Resources",
)
_PATIENCE: Final = 15.0
_PAUSE: Final = 0.05
_SOON: Final = 4.0

_NO_UNO: Final = (
    "这个 Python 里没有 LibreOffice 的接口（uno），按钮用不了。"
    "请安装系统软件包 python3-uno，并用系统自带的 Python（{version}）安装 wyexcel；"
    "也可以不用按钮，在命令行运行同名命令。"
)
_NO_OFFICE: Final = "没有找到 LibreOffice。请先安装 LibreOffice Calc，再打开主工作簿点按钮。"
NOT_OPEN: Final = "LibreOffice 没有打开。请先用 LibreOffice 打开主工作簿 master.xlsm，再点按钮。"
_NO_ANSWER: Final = "LibreOffice 没有应答。请关闭其中打开的对话框，退出单元格编辑，再点一次。"


def uno() -> Any:
    """The module `uno` of the LibreOffice on this machine; raise CannotRead where there is none."""
    for home in ("", *_homes()):
        if home and home not in sys.path:
            sys.path.append(home)
        try:
            return importlib.import_module("uno")
        except ImportError:
            continue
    raise CannotRead(_NO_UNO.format(version=f"3.{sys.version_info.minor}"))


def _homes() -> Iterator[str]:
    """The folders in which a module `uno` stands."""
    named = os.environ.get("WYEXCEL_UNO", "")
    for home in (*filter(None, [named]), *_HOMES):
        if (Path(home) / "uno.py").is_file():
            yield home


def resolve(address: str) -> Any:
    """The component context of the LibreOffice that listens at *address*."""
    module = uno()
    local = module.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
        except Exception as error:  # UNO's own have no base of their own
            if time.monotonic() > deadline:
                raise CannotRead(_NO_ANSWER) from error
            time.sleep(_PAUSE)


@contextmanager
def opened() -> Generator[str]:
    """The address at which the LibreOffice of this user listens while the block lasts."""
    program = paper.office()
    if not program:
        raise CannotRead(_NO_OFFICE)
    address = f"pipe,name=wyexcel-{os.getpid()}-{secrets.token_hex(8)}"
    _hand_over(program, f"--accept={address};urp;")
    try:
        yield address
    finally:
        with contextlib.suppress(CannotRead):
            _hand_over(program, f"--unaccept={address};urp;")


def _hand_over(program: str, wish: str) -> None:
    """Have the running LibreOffice do *wish*; raise CannotRead where none is running."""
    with subprocess.Popen(  # noqa: S603 - the program itself, with our own words
        [program, "--norestore", "--nologo", "--nodefault", wish],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as messenger:
        try:
            code = messenger.wait(_SOON)
        except subprocess.TimeoutExpired:  # nobody to hand it to: this one became LibreOffice
            os.killpg(messenger.pid, signal.SIGKILL)
            code = -1
    if code:
        raise CannotRead(NOT_OPEN)


def structure(kind: str, **fields: Any) -> Any:
    """A UNO structure of *kind* (`beans.PropertyValue`) with *fields*."""
    made = uno().createUnoStruct(f"com.sun.star.{kind}")
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def enum(kind: str, value: str) -> Any:
    """The member *value* of the UNO enum *kind* (`table.CellHoriJustify`)."""
    return uno().Enum(f"com.sun.star.{kind}", value)


def options(**named: Any) -> tuple[Any, ...]:
    """*named* as the arguments that loading and storing take."""
    return tuple(
        structure("beans.PropertyValue", Name=name, Value=value) for name, value in named.items()
    )
