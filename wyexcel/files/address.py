"""Cells by name: A1 addresses and their row and column, counted from 0."""

import re
from typing import Final

_A1: Final = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_LETTERS: Final = 26


def column_name(column: int) -> str:
    """The letters of *column*, counted from 0.

    >>> column_name(0), column_name(25), column_name(26), column_name(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


def a1(row: int, column: int) -> str:
    """The address of a cell, row and column counted from 0.

    >>> a1(6, 3)
    'D7'
    """
    return f"{column_name(column)}{row + 1}"


def parse(cell: str) -> tuple[int, int]:
    """Row and column of an address, counted from 0; raise ValueError for anything else.

    >>> parse("D7"), parse("AA1")
    ((6, 3), (0, 26))
    """
    match = _A1.fullmatch(cell)
    if not match:
        raise ValueError(cell)
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
