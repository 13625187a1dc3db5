import pytest

from wyexcel.files.writing.looks import LOOKS, Look, characters, millimetres, pixels
from wyexcel.files.writing.sheet import Part

CARRIED = {Part.CARRIED, Part.CARRIED_CENTRE, Part.CARRIED_NUMBER, Part.CARRIED_DATE}
INPUTS = {Part.INPUT, Part.INPUT_CENTRE, Part.INPUT_NUMBER, Part.INPUT_DATE, *CARRIED}


def brightness(colour: str) -> float:
    """How bright *colour* is on a grey copy, 0 to 1 (WCAG's relative luminance)."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(look: Look) -> float:
    paper, ink = brightness(look.fill or "#FFFFFF"), brightness(look.colour)
    return (paper + 0.05) / (ink + 0.05)


def test_every_part_has_a_look() -> None:
    assert set(LOOKS) == set(Part)


@pytest.mark.parametrize("part", Part)
def test_words_stay_readable_on_a_grey_copy(part: Part) -> None:
    assert contrast(LOOKS[part]) >= 4.5


def test_only_inputs_may_be_typed_in_and_they_show_it() -> None:
    assert {part for part, look in LOOKS.items() if not look.locked} == INPUTS
    assert [len({LOOKS[p].fill for p in some}) for some in (CARRIED, INPUTS - CARRIED)] == [1, 1]
    assert not [part for part in set(Part) - INPUTS if LOOKS[part].fill == LOOKS[Part.INPUT].fill]


@pytest.mark.parametrize(
    ("part", "font", "size"),
    [
        (Part.TITLE, "方正小标宋简体", 20),
        (Part.ANNEX, "黑体", 16),
        (Part.HEADING, "黑体", 10.5),
        (Part.TEXT, "仿宋_GB2312", 10.5),
        (Part.NUMBER, "仿宋_GB2312", 10.5),
        (Part.NAME, "仿宋_GB2312", 9),
        (Part.WARNING, "仿宋_GB2312", 9),
        (Part.PROSE, "仿宋_GB2312", 16),
    ],
)
def test_fonts_are_those_of_the_standard_for_official_documents(
    part: Part, font: str, size: float
) -> None:
    assert (LOOKS[part].font, LOOKS[part].size) == (font, size)


def test_a_width_in_millimetres_survives_both_writers_to_a_pixel() -> None:
    for width in range(5, 200):
        assert abs(pixels(millimetres(characters(width))) - pixels(width)) <= 1
        assert abs(millimetres(characters(width)) - width) <= 25.4 / 96
