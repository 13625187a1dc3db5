"""What a cell shows: against a table from Excel's own rules for Chinese (`shown_values.csv`).

The table was made with an engine that is compared with Excel 365 in Chinese, and held against
LibreOffice; where the two differ (`!`, a comma behind the digits) it says what Excel and WPS show.
Left out are Chinese numerals, fills, and a minus beside no number.
"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from wyexcel.files.reading.shown_value import Shown, ShownKind, shown

with Path(__file__).with_name("shown_values.csv").open(encoding="utf-8") as file:
    TABLE = [(row["format"], row["value"], row["shown"]) for row in csv.DictReader(file)]


def bare(text: str) -> str:
    return "".join(text.split())


def test_every_format_of_the_table_shows_what_excel_shows() -> None:
    assert len(TABLE) > 350
    wrong = [
        (code, value, text, there.text)
        for code, value, text in TABLE
        if bare((there := shown(code, float(value))).text) != bare(text)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "code",
    [
        *("yyyy-mm-dd", "h:mm", "[h]:mm", "mm:ss.0", 'yyyy"年"m"月"', "aaaa", "m/d/yy"),
        *('上午/下午h"时"', "[$-F800]dddd", "e", "[DBNum1]yyyy"),
    ],
)
def test_a_day_or_a_time_is_no_number(code: str) -> None:
    assert shown(code, 45708.5).kind is ShownKind.DATE


@pytest.mark.parametrize(
    ("code", "value", "number", "before", "after"),
    [
        ("0!.0000", 176000.0, "17.6000", "", ""),
        ('0!.00,,"亿元"', 1760000000.0, "17.60", "", "亿元"),
        ('"约"#,##0', 176000.0, "176000", "约", ""),
        ("[$万元-804]0.00", 17.6, "17.60", "万元", ""),
        ("0.00,,\n%", 176000.0, "17.60", "", ""),
        ("(0.00)", -5.5, "-5.50", "-(", ")"),
        ("0.00;[Red]0.00", -5.5, "-5.50", "", ""),
        ("0.00;0.00", -5.5, "5.50", "", ""),
        ("[>0]▲0.0;[<0]▼0.0", 17.6, "17.6", "▲", ""),
        ("[>0]▲0.0;[<0]▼0.0", -17.6, "-17.6", "▼", ""),
        ('"9月"0.00', 17.6, "17.60", "9月", ""),
        ('0"000"', 176.0, "176000", "", ""),
        ("0.00E+00", 176000.0, "1.76E+5", "", ""),
        ('"-"', 0.0, "0", "", ""),
        ("[DBNum2]General", 176000.0, "176000", "", ""),
        ("[DBNum1]0!.0000", 176000.0, "17.6000", "", ""),
    ],
)
def test_the_number_is_read_as_people_read_it(
    code: str, value: float, number: str, before: str, after: str
) -> None:
    there = shown(code, value)

    assert there.kind is ShownKind.NUMBER
    assert there.number == Decimal(number)
    assert (there.before, there.after) == (before, after)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("000-0000", 1234567.0),
        ('0"万"0000', 176000.0),
        ('[=1]"是";"否"', 5.0),
        ('"已完成"', 24.0),
        ("0*0", 176.0),
        ("**;**;**;**", 176.0),
        ('"1~"0.00', 17.6),
        ("0.0.0", 17.6),
        ("0" * 300, 17.6),
        ("%" * 200 + "0", 17.6),
        ('0"E+9999999999"', 17.6),
    ],
)
def test_what_is_no_one_number_is_words(code: str, value: float) -> None:
    assert shown(code, value).kind is ShownKind.WORDS


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (";;;", 176000.0),
        (";;;", "176000"),
        ("0;-0;;@", 0.0),
        ("#,###", 0.0),
        ("[White]0.00", 176000.0),
        ("[白色]0.00", 176000.0),
        ("[Color2]0", 176000.0),
        ('""', 176000.0),
        ('" "', 176000.0),
    ],
)
def test_nothing_is_seen(code: str, value: float | str) -> None:
    assert shown(code, value).kind is ShownKind.NOTHING


@pytest.mark.parametrize(
    ("code", "text", "there"),
    [
        ("0.00", "176000", "176000"),
        ("0;0;0;@", "176000", "176000"),
        ('@"亿元"', "176000", "176000亿元"),
        ('0;0;0;"（"@"）"', "暂无", "（暂无）"),
    ],
)
def test_text_is_shown_by_the_section_for_text(code: str, text: str, there: str) -> None:
    assert shown(code, text).text == there


def test_no_format_stops_a_form() -> None:
    """A format may be any text, and a number any float."""
    values = (0.0, -5.5, 1e308, 5e-324, 176000.0, "文字", "")
    signs = '0#?.,%;"\\!_*[]@E+-/万 ¥<>=5h'
    codes = [a + b + c + "0" + b + a for a in signs for b in signs for c in signs]
    for n, code in enumerate(codes):
        assert isinstance(shown(code, values[n % len(values)]), Shown)
    assert shown("[<=.]0;[>=1e5]0", 5.0).number == 5
