import pytest

from wyexcel.files.reading.measure import Measure, measure, stated


@pytest.mark.parametrize(
    ("text", "power", "thing"),
    [
        *(("元", 0, "元"), ("万元", 4, "元"), ("亿元", 8, "元"), ("百万元", 6, "元")),
        *(("万美元", 4, "美元"), ("万千瓦时", 7, "瓦时"), ("亿度", 11, "瓦时"), ("户", 0, "个")),
        *(("%", -2, ""), ("‰", -3, ""), ("百分点", -2, ""), ("元/吨", 0, "元/吨"), ("", 0, "")),
        *(("万吨", 10, "克"), ("万吨标准煤", 4, "吨标准煤"), ("人次", 0, "人")),
    ],
)
def test_a_measure_is_a_power_of_ten_and_a_thing(text: str, power: int, thing: str) -> None:
    assert measure(text) == Measure(power, thing)


@pytest.mark.parametrize(
    ("before", "after", "column", "said"),
    [
        ("", "亿元（预计）", "万元", Measure(8, "元")),
        ("", " 万", "户", Measure(4, "")),
        ("产值（万元）：", "", "亿元", Measure(4, "元")),
        ("万元 ", "", "亿元", Measure(4, "元")),
        ("", "个百分点", "%", Measure(-2, "")),
        ("", "元/吨", "元/吨", Measure(0, "元/吨")),
        ("", "吨", "吨标准煤", Measure(0, "吨标准煤")),
        ("", "K", "元", Measure(3, "")),
        ("", "KW", "千瓦", None),
        ("联系人：", "", "万元", None),
        ("约", "余", "万元", None),
        ("¥", "", "万元", None),
    ],
)
def test_the_measure_beside_a_number_is_read(
    before: str, after: str, column: str, said: Measure | None
) -> None:
    assert stated(before, after, column) == said
