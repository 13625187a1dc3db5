"""Names of files as people are told them, and as any disk can hold them."""

import os
import re
from pathlib import PurePath
from typing import Final
from unicodedata import category

LONGEST: Final = 200
"""Bytes in a file name: file systems take 255, and room is left for what may be added to it."""

_SPACES: Final = " \u3000"
_SHOWN: Final = frozenset({"\u200c", "\u200d", "\ufe0f"})
"""Joiners that emoji and some scripts need; they change how a name looks, not what it seems."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")


def shown_name(name: str) -> str:
    r"""*name* as well as it can be shown, a square for what cannot be seen.

    What the disk holds in another encoding than the system's is tried as GBK.

    >>> shown_name(os.fsdecode("市商务局.xlsx".encode("gbk")))
    '市商务局.xlsx'
    >>> shown_name("商务局" + chr(10) + "改.xlsx")
    '商务局□改.xlsx'
    """
    if name.isascii() and name.isprintable():
        return name
    return "".join(map(_shown_sign, _decoded(name)))


def _shown_sign(sign: str) -> str:
    is_shown = sign in _SPACES or sign in _SHOWN or category(sign) not in _UNSEEN
    return sign if is_shown else "□"


def _decoded(name: str) -> str:
    """*name*, with what the system could not decode taken for GBK, part of the path by part."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "/".join(map(_from_bytes, name.split("/")))
    return name


def _from_bytes(part: str) -> str:
    try:
        raw = os.fsencode(part)
    except UnicodeEncodeError:  # no bytes of the disk gave it
        return part.encode("utf-8", "replace").decode()
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def storable_name(file: str) -> str:
    """The last part of the shown name *file*, as every system can hold it, not too long.

    >>> storable_name("收件/一季度:市商务局?.xlsx")
    '一季度_市商务局_.xlsx'
    """
    name = _FORBIDDEN.sub("_", PurePath(file).name).rstrip(" .") or "_"
    name = _RESERVED.sub(r"_\1", name) if _RESERVED.match(name) else name
    return name if len(name.encode()) <= LONGEST else shortened(name)


def shortened(name: str) -> str:
    """*name* with its end cut off before the suffix, so that it has at most LONGEST bytes."""
    path = PurePath(name)
    suffix = path.suffix if len(path.suffix.encode()) < LONGEST // 2 else ""
    stem = name.removesuffix(suffix).encode()[: LONGEST - len(suffix.encode())]
    return stem.decode(errors="ignore") + suffix
