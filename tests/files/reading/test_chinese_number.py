"""Every number, written in words as bank slips and people write it, is read back as itself."""

from hypothesis import given
from hypothesis import strategies as st

from wyexcel.files.reading.chinese_number import value_of

DIGITS = "零一二三四五六七八九"
OF_SLIPS = str.maketrans("一二三四五六七八九十百千万亿", "壹贰叁肆伍陆柒捌玖拾佰仟萬億")


def section(number: int) -> str:
    """A number below ten thousand in words."""
    words, skipped = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            words += ("零" if skipped and words else "") + DIGITS[digit] + unit
        skipped = not digit
    return words


def written(number: int) -> str:
    """A number below ten million million in words."""
    words, gap = "", False
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // size % 10**4
        if part:
            words += ("零" if words and (gap or part < 1000) else "") + section(part) + unit
        gap = not part
    return words or "零"


@given(st.integers(0, 10**12 - 1) | st.integers(0, 20_000))
def test_a_number_in_words_is_itself(number: int) -> None:
    words = written(number)

    assert value_of(words) == number
    assert value_of(words.translate(OF_SLIPS)) == number
    assert value_of(f"负{words}点五") == -(number + value_of("零点五"))  # type: ignore[operator]


@given(st.text(alphabet="零一二五九十百千万亿点负两廿", max_size=12))
def test_whatever_stands_there_is_a_number_or_none(words: str) -> None:
    number = value_of(words)

    assert number is None or number.is_finite()
