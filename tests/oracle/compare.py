"""The program's JSON and printed tables held against what was reckoned, field by field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.oracle.official_table import ELEMENTS, PARKS, PLACES
from tests.oracle.reckon import LAGGING, RED, Judged
from tests.oracle.season import Season
from tests.oracle.values import Number, Settled

Difference = str
_MOST = 6


def half_up(value: Fraction, decimals: int) -> str:
    """*value* as text with *decimals*, halves away from zero; nothing has no sign."""
    units = floor(abs(value) * 10**decimals + Fraction(1, 2))
    digits = f"{units:0{decimals + 1}d}"
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if value < 0 and units else text


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def shown(cell: Cell) -> str:
    """What a cell shows: its text, or its number as its format of ours prints it."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    pattern = str(cell.number_format)
    sections = pattern.split(";")
    number = Fraction(repr(float(value))) if not isinstance(value, int) else Fraction(value)
    section = sections[0]
    if len(sections) == 3:
        section = sections[0 if number > 0 else 1 if number < 0 else 2]
        number = abs(number)
    if section == "General":
        return str(value)
    found = re.fullmatch(r'([+-]?)0(?:\.(0+))?(?:"(.*)")?', section)
    assert found, pattern
    sign, zeros, suffix = found.groups()
    return f"{sign}{half_up(number, len(zeros or ''))}{suffix or ''}"


def numbers_in(text: str) -> list[str]:
    """The numbers in a sentence, signs left out."""
    return re.findall(r"\d+(?:\.\d+)?", text)


# ---- the JSON of `assess` ----


def json_differences(
    answer: Mapping[str, Any], one: Judged, sources: Sequence[tuple[str, str, str, Any]]
) -> Iterator[Difference]:
    """Every field of one indicator that is not what was reckoned."""
    row = one.row
    plain: dict[str, Any] = {
        "no": row.no,
        "measure": row.measure,
        "target": "/" if one.target is None else float(one.target),
        "gap_measure": row.measure if row.kind in {"count", "stock"} else "百分点",
        "status": one.status,
        "colour": one.colour,
        "excuse": one.excuse or None,
        "periods_behind": one.behind,
        "missed": list(one.missed),
        "disputed": any(s.disputed for s in one.used),
        "agreed": [text for s in one.used for text in _rulings(s)],
        "outlook": _outlook(one) or None,
        "remarks": list(_remarks(one)),
    }
    exact: dict[str, Number] = {
        "actual": one.actual,
        "completion": one.completion,
        "net_completion": one.net,
        "expected": one.expected,
        "gap": one.gap,
        "attainment": one.attainment,
        "year_ago": one.year_ago,
        "difference": _difference(one),
    }
    for name, value in plain.items():
        if answer[name] != value:
            yield f"{row.no}.{name}: {answer[name]!r}, reckoned {value!r}"
    for name, number in exact.items():
        if not _is(answer[name], number):
            yield f"{row.no}.{name}: {answer[name]!r}, reckoned {number}"
    for name, mine in (("parks", one.parks), ("reports", one.reports)):
        theirs = answer[name]
        if set(theirs) != set(mine) or not all(_is(theirs[k], v) for k, v in mine.items()):
            yield f"{row.no}.{name}: {theirs!r}, reckoned {mine!r}"
    told = [(s["file"], s["sheet"], s["cell"], s["value"]) for s in answer["sources"]]
    if sorted(map(str, told)) != sorted(map(str, sources)):
        yield f"{row.no}.sources: {told}, reckoned {list(sources)}"
    yield from _reason_differences(str(answer["reason"]), one)


def _is(value: Any, exact: Number) -> bool:
    if value is None or exact is None:
        return value is exact
    return abs(Fraction(value) - exact) <= Fraction(1, 10**9) * max(1, abs(exact))


def _difference(one: Judged) -> Number:
    known = [number for number in one.reports.values() if number is not None]
    apart = [known[0] - other for other in known[1:]]
    return max(apart, key=abs, default=None)


def _plain(value: Fraction) -> str:
    """All digits of a number as it was filled."""
    text = half_up(value, 12)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rulings(settled: Settled) -> Iterator[str]:
    element = ELEMENTS[settled.code]
    for r in settled.rulings:
        own = "未报" if settled.own is None else f"报{_plain(settled.own)}{element.measure}"
        value = f"核定{_plain(Fraction(r.value))}{element.measure}"
        yield f"{element.name}{value}（张三，2025年10月12日，核实），单位{own}"


def _remarks(one: Judged) -> Iterator[str]:
    stand_in: dict[tuple[str, str], list[str]] = {}
    for s in one.used:
        lead = ELEMENTS[s.code].units[0]
        if s.unit is not None and s.unit != lead:
            stand_in.setdefault((lead, s.unit), []).append(ELEMENTS[s.code].name)
    for (lead, unit), names in stand_in.items():
        yield f"{lead}未报{'、'.join(names)}，暂用{unit}数据（代报）"
    yield from (_dispute(s) for s in one.used if s.disputed)
    if one.row.remark and one.actual is not None:
        yield one.row.remark
    if one.status == "缺基期，不评进度":
        yield "缺基期数"
    if one.planned and one.due is not None:
        between = "，季度之间按月均匀折算" if one.when.month % 3 else ""
        yield f"应达数按季度计划折算{between}"
    if one.escalated:
        count = f"本年连续{one.behind}期{lacking(one)}没有达到要求"
        yield f"{count}，按设置印红色，状态仍为“{one.status}”"


def lacking(one: Judged) -> str:
    """The periods without a report, in brackets."""
    months = [int(period[-2:]) for period in one.missed]
    by_quarter = one.when.month % 3 == 0
    names = [f"{'一二三四'[m // 3 - 1]}季度" if by_quarter else f"{m}月" for m in months]
    return f"（缺{'、'.join(names)}）" if names else ""


def _dispute(settled: Settled) -> str:
    element = ELEMENTS[settled.code]
    if settled.only:
        said = [f"仅{unit}名单有“{'、'.join(names)}”" for unit, names in settled.only.items()]
    else:
        said = [
            f"{unit}{_plain(number)}{element.measure}"
            for unit, number in settled.by_unit.items()
            if number is not None
        ]
    return f"{element.name}：{'、'.join(said)}，不一致，待核"


def _outlook(one: Judged) -> str:
    """What a lagging amount needs in each month that is left; the numbers are checked apart."""
    left = 12 - one.when.month
    if one.row.kind != "flow" or one.status not in LAGGING or not left:
        return ""
    assert one.actual is not None
    assert one.target is not None
    needed, past = (one.target - one.actual) / left, one.actual / one.when.month
    text = f"后{left}个月需月均{quantity(one, needed)}"
    if past <= 0:
        return text
    before = f"，为前{one.when.month}个月月均{quantity(one, past)}"
    return f"{text}{before}的{_seen(needed / past, 2)}倍"


def _seen(value: Fraction, decimals: int) -> str:
    while value and not float(half_up(value, decimals)) and decimals < 12:
        decimals += 1
    return half_up(value, decimals)


def quantity(one: Judged, value: Fraction) -> str:
    """An amount by itself: with so many digits that it is off by a hundredth at most."""
    if not value:
        return f"0{one.row.measure}"
    decimals = one.row.decimals
    while decimals < 12 and abs(Fraction(half_up(value, decimals)) - value) * 100 > abs(value):
        decimals += 1
    return f"{half_up(value, decimals)}{one.row.measure}"


# ---- the sentence ----


def known_numbers(one: Judged) -> list[Fraction]:
    """Every number that a sentence on the indicator may print."""
    assert one.actual is not None
    numbers = [one.actual, one.target, one.expected, one.due, one.share, one.completion, one.net]
    numbers += [one.gap, one.points, one.attainment, one.baseline, one.row.tolerance]
    if one.expected is not None:
        numbers.append(one.actual - one.expected)
    for codes in (one.row.above, one.row.below) if one.row.below else ():
        total = sum((s.value or Fraction(0) for s in one.used if s.code in codes), Fraction(0))
        numbers += [total, total / 10_000]
    if one.completion is not None:
        numbers.append(one.completion / 100)
    if one.year_ago is not None:
        change = one.actual - one.year_ago
        numbers += [change, change / one.year_ago * 100 if one.year_ago else None]
    return [abs(number) for number in numbers if number is not None]


def unknown_numbers(text: str, numbers: Sequence[Fraction]) -> list[str]:
    """The numbers of *text* that are none of *numbers*, rounded half up to their own digits."""
    return [
        token
        for token in numbers_in(text)
        if not any(half_up(number, _decimals(token)) == token for number in numbers)
    ]


def _reason_differences(reason: str, one: Judged) -> Iterator[Difference]:
    if one.actual is None:
        return
    sentence = reason.partition("其中")[0]
    bare = re.sub(r"不足1[个户]|或先将.*定稿", "", sentence)
    strange = unknown_numbers(bare, known_numbers(one))
    if strange:
        yield f"{one.row.no}.reason: {strange} in {reason}"
    if one.planned and "时序" in sentence:
        yield f"{one.row.no}.reason calls a plan 时序: {reason}"
    if one.due is not None and not one.planned and "计划进度" in sentence:
        yield f"{one.row.no}.reason calls the calendar 计划进度: {reason}"
    if one.status in LAGGING and re.search(r"欠0(\.0+)?[^.\d]|低0(\.0+)?个", sentence):
        yield f"{one.row.no}.reason lags by nothing: {reason}"
    level = "持平" in sentence
    if one.status in LAGGING and not level and not re.search("欠|低", sentence):
        yield f"{one.row.no}.reason of {one.status} lacks nothing: {reason}"
    yield from _alike(sentence, one)


def _alike(sentence: str, one: Judged) -> Iterator[Difference]:
    """Rate and schedule that differ and are printed alike."""
    found = re.search(r"＝(－?[\d.]+)%，(?:时序|计划进度)([\d.]+)%，[超欠]", sentence)
    if found and found[1] == found[2]:
        yield f"{one.row.no}.reason prints {found[1]}% twice: {sentence}"


# ---- printed tables ----


def rows_of(sheet: Worksheet) -> dict[int, tuple[Cell, ...]]:
    """The rows of a printed table, by the number of the indicator in the first column."""
    return {
        row[0].value: row
        for row in sheet.iter_rows()
        if isinstance(row[0].value, int | float) and not isinstance(row[0].value, bool)
    }


def _cell_difference(
    where: str, cell: Cell, exact: Number, *, least: int, mark: str = ""
) -> Iterator[Difference]:
    """A printed number against the exact one, at the digits that it is printed with."""
    text = shown(cell)
    if exact is None:
        if text != "—":
            yield f"{where}: {text}, reckoned nothing"
        return
    if text == "持平":
        if not exact or abs(exact) >= Fraction(1, 10**_MOST):
            yield f"{where}: 持平, reckoned {exact}"
        return
    if mark and not text.endswith(mark):
        yield f"{where}: {text} without {mark}"
    bare = text.removesuffix(mark).removesuffix("点").lstrip("+")
    bare = re.sub(r"[个户]$", "", bare)
    if not re.fullmatch(r"-?\d+(\.\d+)?", bare):
        yield f"{where}: {text}, reckoned {float(exact)}"
        return
    decimals = _decimals(bare)
    if bare.lstrip("-") != half_up(abs(exact), decimals) or (exact < 0) != bare.startswith("-"):
        yield f"{where}: {text}, reckoned {half_up(exact, decimals)}"
    if exact and decimals < least:
        yield f"{where}: {text} has fewer digits than {least}"


def _tell_apart(where: str, pairs: Sequence[tuple[Cell, Number, Cell, Number]]) -> Iterator[str]:
    """Two printed numbers that differ by a millionth and more look different."""
    for first, one, second, other in pairs:
        if one is None or other is None or abs(one - other) < Fraction(1, 10**_MOST):
            continue
        if half_up(one, _MOST) == half_up(other, _MOST):
            continue
        texts = [re.sub(r"[*#]$", "", shown(cell)) for cell in (first, second)]
        if texts[0] == texts[1]:
            yield f"{where}: {texts[0]} twice, for {one} and {other}"


def _rate(one: Judged) -> tuple[Number, str]:
    if one.row.kind != "stock":
        return one.completion, ""
    return (one.net, "*") if one.net is not None else (one.completion, "#")


def _target_and_actual(where: str, one: Judged, target: Cell, actual: Cell) -> Iterator[Difference]:
    least = one.row.decimals
    if one.target is None:
        if shown(target) != "/":
            yield f"{where} 目标: {shown(target)}"
    else:
        yield from _cell_difference(f"{where} 目标", target, one.target, least=least)
    if one.actual is None:
        word = one.excuse or ("未报" if one.status == "未报" else "—")
        if shown(actual) != word:
            yield f"{where} 累计: {shown(actual)}, reckoned {word}"
    else:
        yield from _cell_difference(f"{where} 累计", actual, one.actual, least=least)
    yield from _tell_apart(where, [(target, one.target, actual, one.actual)])


def _status_difference(where: str, cell: Cell, one: Judged) -> Iterator[Difference]:
    word = f"{one.status}（连续{one.behind}期，红）" if one.escalated else one.status
    if cell.value != word:
        yield f"{where} 状态: {cell.value}, reckoned {word}"
    fills = {"绿": "E2F0D9", "黄": "FFF2CC", "红": "F8CBAD"}
    colour = str(cell.fill.start_color.rgb)[-6:]
    if one.colour in fills and colour != fills[one.colour]:
        yield f"{where} colour: {colour}, reckoned {one.colour}"


def standings_differences(sheet: Worksheet, judged: Mapping[int, Judged]) -> Iterator[Difference]:
    """进度判定: 目标, 累计, 完成率, 应达, 超欠, 达成率, 状态."""
    rows = rows_of(sheet)
    for no, one in judged.items():
        row, where, least = rows[no], f"进度判定 {no}", one.row.decimals
        rate, mark = _rate(one)
        yield from _target_and_actual(where, one, row[3], row[4])
        yield from _cell_difference(f"{where} 完成率", row[5], rate, least=1, mark=mark)
        yield from _cell_difference(f"{where} 应达", row[6], one.expected, least=least)
        digits = 1 if one.row.kind == "flow" else least
        yield from _cell_difference(f"{where} 超欠", row[7], one.gap, least=digits)
        if "不足" not in shown(row[8]):
            yield from _cell_difference(f"{where} 达成率", row[8], one.attainment, least=1)
        yield from _status_difference(where, row[9], one)
        yield from _tell_apart(where, [(row[4], one.actual, row[6], one.expected)])


def annex_1_differences(sheet: Worksheet, judged: Mapping[int, Judged]) -> Iterator[Difference]:
    """附件1: the official table with every number of its rows."""
    rows = rows_of(sheet)
    for no, one in judged.items():
        row, where, least = rows[no], f"附件1 {no}", one.row.decimals
        rate, mark = _rate(one)
        is_ratio = one.row.kind == "ratio"
        yield from _target_and_actual(where, one, row[3], row[4])
        yield from _cell_difference(f"{where} 完成率", row[5], rate, least=1, mark=mark)
        due = one.expected if is_ratio else one.due
        digits = least if is_ratio else 1
        yield from _cell_difference(f"{where} 应达", row[6], due, least=digits)
        yield from _cell_difference(f"{where} 超欠", row[7], one.points, least=digits)
        yield from _cell_difference(f"{where} 同比", row[8], _year_on_year(one), least=0)
        for column, park in enumerate(PARKS, 9):
            yield from _cell_difference(
                f"{where} {park}", row[column], one.parks[park], least=least
            )
        yield from _status_difference(where, row[12], one)
        if one.points is not None:
            yield from _tell_apart(where, [(row[5], rate, row[6], due)])


def _year_on_year(one: Judged) -> Number:
    now, ago = one.actual, one.year_ago
    if now is None or ago is None:
        return None
    if one.row.kind != "flow":
        return now - ago
    return (now / ago - 1) * 100 if ago > 0 else None


def annex_2_differences(sheet: Worksheet, judged: Mapping[int, Judged]) -> Iterator[Difference]:
    """附件2: the parks, and the share of each in their sum."""
    rows = rows_of(sheet)
    for no, one in judged.items():
        if any(ELEMENTS[code].zone_only for code in one.row.elements):
            continue
        row, least = rows[no], one.row.decimals
        where = f"附件2 {no}"
        if one.actual is not None:
            yield from _cell_difference(f"{where} 全区", row[3], one.actual, least=least)
        known = [v for v in one.parks.values() if v is not None]
        total = sum(known, Fraction(0))
        for column, place in enumerate(PLACES):
            value = one.parks[place]
            split = value is not None and total and one.row.kind != "ratio"
            share = value / total * 100 if split and value is not None else None
            at = f"{where} {place}"
            yield from _cell_difference(at, row[4 + 2 * column], value, least=least)
            yield from _cell_difference(f"{at} 比重", row[5 + 2 * column], share, least=1)


def annex_3_differences(sheet: Worksheet, judged: Mapping[int, Judged]) -> Iterator[Difference]:
    """附件3: what lags, in its order: red by status, red again, then yellow, the longest first."""
    lagging = [one for one in judged.values() if one.status in LAGGING]
    lagging.sort(
        key=lambda one: (one.status not in RED, not one.escalated, -one.behind, one.row.no)
    )
    rows = rows_of(sheet)
    if len(rows) != len(lagging):
        yield f"附件3 lists {len(rows)}, reckoned {[one.row.no for one in lagging]}"
        return
    for number, one in enumerate(lagging, 1):
        row, where = rows[number], f"附件3 {one.row.no}"
        assert one.actual is not None
        assert one.expected is not None
        yield from _status_difference(where, row[2], one)
        missing = one.expected - one.actual
        for name, cell, exact in (
            ("应达", row[3], one.expected),
            ("实际", row[4], one.actual),
            ("欠额", row[5], missing),
        ):
            text = str(cell.value)
            if text == "持平":
                if abs(missing) >= Fraction(1, 10**_MOST):
                    yield f"{where} {name}: 持平, reckoned {missing}"
            elif unknown_numbers(text, [abs(exact)]) or not numbers_in(text):
                yield f"{where} {name}: {text}, reckoned {exact}"
        if row[3].value == row[4].value and row[5].value != "持平":
            yield f"{where}: {row[3].value} twice, {row[5].value}"
        if not float((numbers_in(str(row[5].value)) or ["1"])[0]):
            yield f"{where}: lags by {row[5].value}"
        count = f"{one.behind}{lacking(one)}"
        if str(row[6].value) != count:
            yield f"{where} 连续期数: {row[6].value}, reckoned {count}"


_GROUPS = (*("已完成", "达标", "已达到·以期末为准", "超进度", "达进度"),)


def text_differences(
    sheet: Worksheet, judged: Mapping[int, Judged], names: Mapping[int, str], season: Season
) -> Iterator[Difference]:
    """正文: the counts of the first section and every number of an indicator's sentence."""
    del season
    text = "".join(str(row[0].value or "") for row in sheet.iter_rows())
    statuses = [one.status for one in judged.values()]

    def count(*words: str) -> int:
        return sum(status in words for status in statuses)

    planned = any(one.planned for one in judged.values() if one.status in LAGGING | set(_GROUPS))
    pace = "进度" if planned else "时序"
    none, no_task = count("不设目标"), count("无当年任务", "提前完成")
    start = f"11项指标中，不设目标{none}项、当年无任务{no_task}项，其余{11 - none - no_task}项中"
    groups = (
        f"达到{pace}（达标）{count(*_GROUPS)}项",
        f"欠进度{count('欠进度')}项",
        f"未达标或严重欠进度{count('未达标', '严重欠进度')}项",
    )
    for words in (start, *groups):
        if words not in text:
            yield f"正文 lacks {words}: {text[:400]}"
    body = text.partition("二、主要指标")[2].partition("三、分园区情况")[0]
    for no, one in judged.items():
        if one.actual is None:
            continue
        start = f"{names[no]}"
        at = body.find(start)
        sentence = body[at + len(start) :].partition("。")[0]
        if at < 0:
            yield f"正文 lacks {names[no]}"
            continue
        strange = unknown_numbers(sentence, known_numbers(one))
        if strange:
            yield f"正文 {no}: {strange} in {sentence}"
        if one.planned and "时序" in sentence:
            yield f"正文 {no} calls a plan 时序: {sentence}"
        if re.search(r"欠0(\.0+)?[^.\d]|进度0\.0个", sentence):
            yield f"正文 {no} lags by nothing: {sentence}"
