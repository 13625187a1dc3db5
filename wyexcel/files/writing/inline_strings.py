# pyright: basic
"""A worksheet that keeps its text in its cells: XlsxWriter offers that for whole workbooks only."""

from typing import Any

from xlsxwriter.worksheet import Worksheet


class InlineStrings(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet with its words in its cells, and not in the table that all sheets share."""

    def _initialize(self, init_data: Any) -> None:
        super()._initialize(init_data)
        self.str_table = _Words()

    def _xml_string_element(self, string: str, attributes: Any = ()) -> None:
        words = self._escape_control_characters(string)
        self._xml_inline_string(words, words != words.strip(), attributes)


class _Words:
    """What stands where XlsxWriter looks for a table of strings: every string is itself."""

    @staticmethod
    def _get_shared_string_index(string: str) -> str:
        return string
