"""Small filled forms in any number, as units send them; the material of the benches."""

from pathlib import Path

import xlsxwriter

_ELEMENTS = ("规上工业企业数", "规上工业总产值", "农产品加工产值", "绿色建材产值", "能源产值")
_PARKS = ("白沙", "官渡", "青花", "区内园外")
_ROWS = 11


def forms(folder: Path, count: int) -> list[Path]:
    """*count* forms in *folder*: numbers, a text sheet, a very hidden identity, rules, looks."""
    paths = [folder / f"单位{number:05}.xlsx" for number in range(count)]
    for number, path in enumerate(paths):
        _write(path, number)
    return paths


def _write(path: Path, number: int) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        heading = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        amount = book.add_format({"num_format": "#,##0.00", "locked": False, "border": 1})
        form = book.add_worksheet("填报")
        form.write_row(0, 0, ["指标", *_PARKS], heading)
        for row in range(1, _ROWS + 1):
            form.write_string(row, 0, f"{_ELEMENTS[row % len(_ELEMENTS)]}{row}", heading)
            for column in range(1, len(_PARKS) + 1):
                form.write_number(row, column, (number * 7 + row * 13 + column) / 100, amount)
        positive = {"validate": "decimal", "criteria": ">=", "value": 0}
        form.data_validation(1, 1, _ROWS, len(_PARKS), positive)
        form.protect()
        guide = book.add_worksheet("说明")
        for row in range(20):
            guide.write_string(
                row, 0, f"第{row + 1}条：金额一律填万元，没有的填0，不知道的留空并说明。"
            )
        identity = book.add_worksheet("_identity")
        identity.write_column(0, 0, ["format", "plan", "unit", "period", "form"])
        identity.write_column(0, 1, ["1", "示例", f"单位{number:05}", "2025-09", "0f" * 16])
        identity.very_hidden()
