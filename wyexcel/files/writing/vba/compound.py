"""A compound file (MS-CFB, version 3): folders and streams in one file."""

from collections.abc import Iterator, Sequence
from itertools import count
from struct import Struct
from struct import pack as packed
from typing import Final, NamedTuple

import msgspec

_SECTOR: Final = 512
_SMALL: Final = 64
_LARGE: Final = 4096
"""A stream of this size or more has sectors of its own; shorter ones share the small stream."""

_NONE: Final = 0xFFFFFFFF
_END: Final = 0xFFFFFFFE
_TABLE: Final = 0xFFFFFFFD
_IN_HEADER: Final = 109
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_BLACK: Final = 1
_ENTRY: Final = Struct("<64sHBBIII16xI16xIQ")
_HEADER: Final = Struct("<8s16xHHHHH6xIIIIIIIII")
_SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Node(msgspec.Struct, frozen=True):
    """A stream with its data, or a folder with what is in it."""

    name: str
    data: bytes = b""
    children: tuple["Node", ...] = ()


class _Placed(NamedTuple):
    """A node with the numbers of its neighbours (left, right, first child) in the directory."""

    node: Node
    links: tuple[int, int, int]


class _Area:
    """Sectors of one size, and the table that says which follows which."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.data = bytearray()
        self.table = list[int]()

    def add(self, data: bytes) -> int:
        """Put *data* behind what is there and return the number of its first sector."""
        if not data:
            return _END
        start, sectors = len(self.table), -(-len(data) // self.size)
        self.data += data.ljust(sectors * self.size, b"\0")
        self.table += [*range(start + 1, start + sectors), _END]
        return start


def pack(root: Node) -> bytes:
    """The compound file that holds *root*."""
    placed = list(_placed(root))
    main, small = _Area(_SECTOR), _Area(_SMALL)
    starts = [
        (main if len(entry.node.data) >= _LARGE else small).add(entry.node.data) for entry in placed
    ]
    starts[0] = main.add(bytes(small.data))
    small_table = main.add(_numbers(small.table))
    entries = b"".join(
        _entry(entry, start, len(small.data) if entry.node is root else len(entry.node.data))
        for entry, start in zip(placed, starts, strict=True)
    )
    first = main.add(entries + _blank() * (-len(placed) % (_SECTOR // _ENTRY.size)))
    tables = _close(main)
    small_sectors = -(-len(small.table) * 4 // _SECTOR)
    return _header(tables, first, (small_table, small_sectors)) + bytes(main.data)


def _placed(root: Node) -> Iterator[_Placed]:
    """Every node in the order of the directory, the root first."""
    order = [root]
    for node in order:
        order += node.children
    number = {id(node): at for at, node in enumerate(order)}
    sides = {id(root): (_NONE, _NONE)}
    tops = dict[int, int]()
    for node in order:
        tops[id(node)] = _tree(sorted(node.children, key=_rank), number, sides)
    for node in order:
        yield _Placed(node, (*sides[id(node)], tops[id(node)]))


def _rank(node: Node) -> tuple[int, str]:
    """Shorter names go first, then the order of the capital letters."""
    return len(node.name), node.name.upper()


def _tree(nodes: Sequence[Node], number: dict[int, int], sides: dict[int, tuple[int, int]]) -> int:
    """Make a balanced tree of *nodes*, note what is left and right in *sides*, return its top."""
    if not nodes:
        return _NONE
    middle = len(nodes) // 2
    top = id(nodes[middle])
    left, right = nodes[:middle], nodes[middle + 1 :]
    sides[top] = (_tree(left, number, sides), _tree(right, number, sides))
    return number[top]


def _entry(placed: _Placed, start: int, size: int) -> bytes:
    node, (left, right, child) = placed
    name = node.name.encode("utf-16-le") + b"\0\0"
    sort = _STREAM
    if node.children:
        sort = _ROOT if node.name == "Root Entry" else _STORAGE
        start = start if sort == _ROOT else 0
    return _ENTRY.pack(name, len(name), sort, _BLACK, left, right, child, 0, start, size)


def _blank() -> bytes:
    return _ENTRY.pack(b"", 0, 0, 0, _NONE, _NONE, _NONE, 0, 0, 0)


def _numbers(table: Sequence[int]) -> bytes:
    """*table* in whole sectors."""
    padded = [*table, *[_NONE] * (-len(table) % (_SECTOR // 4))]
    return packed(f"<{len(padded)}I", *padded)


def _close(main: _Area) -> Sequence[int]:
    """Put the table of *main* behind its sectors; return the sectors that it takes."""
    used, each = len(main.table), _SECTOR // 4
    needed = next(n for n in count(1) if n * each >= used + n)
    if needed > _IN_HEADER:
        message = "the project is too large for a file without further tables"
        raise ValueError(message)
    main.data += _numbers([*main.table, *[_TABLE] * needed])
    return range(used, used + needed)


def _header(tables: Sequence[int], first: int, small: tuple[int, int]) -> bytes:
    """The first 512 bytes: where the directory and the tables are."""
    start = _HEADER.pack(
        *(_SIGNATURE, 0x3E, 3, 0xFFFE, 9, 6),
        *(0, len(tables), first, 0, _LARGE, *small, _END, 0),
    )
    listed = [*tables, *[_NONE] * (_IN_HEADER - len(tables))]
    return start + packed(f"<{_IN_HEADER}I", *listed)
