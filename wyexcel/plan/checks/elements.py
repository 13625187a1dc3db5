"""What is wrong with the data elements of 指标口径: what is asked for, owed or beside (补充)."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from wyexcel.plan.element import Element
from wyexcel.plan.plan import Plan
from wyexcel.plan.sheet_names import PlanSheet

_AT: Final = f"“{PlanSheet.DEFINITIONS}”数据要素"
_LIST_COLUMNS: Final = ("name", "id", "park", "date", "amount", "note")


def contradictions(plan: Plan) -> Iterator[str]:
    """A sentence for every element that cannot be asked for as it is."""
    elements = (*plan.elements, *plan.supplements)
    yield from _stand_once(elements)
    for element in elements:
        yield from _is_complete(element)
        yield from _says_what_counts(element)
    yield from _stand_beside_an_element(plan)


def _stand_once(elements: tuple[Element, ...]) -> Iterator[str]:
    for code, times in Counter(e.code for e in elements).items():
        if times > 1:
            yield f"{_AT}代码“{code}”出现了 {times} 次，请改为不重复的代码。"
    for sheet, times in Counter(e.sheet for e in elements if e.sheet).items():
        if times > 1:
            yield f"{_AT}有 {times} 个名单用了同一张工作表“{sheet}”，请分开。"


def _is_complete(element: Element) -> Iterator[str]:
    at = f"{_AT}“{element.code}”"
    if not element.name or not element.measure:
        yield f"{at}缺少名称或计量单位，请补填。"
    if element.sheet and not all(element.columns.get(name) for name in _LIST_COLUMNS):
        yield f"{at}是名单，名称、编号、园区、日期、金额、备注六栏都要有栏目名。"
    if element.listed and not element.sheet:
        yield f"{at}是名单，请填名单工作表的名称。"


def _says_what_counts(element: Element) -> Iterator[str]:
    at = f"{_AT}“{element.code}”"
    if (element.least is not None or element.off_word) and not element.listed:
        yield f"{at}不是名单，却填了名单标准或退出字样，请清除。"
    if element.least is not None and element.least <= 0:
        yield f"{at}的名单标准 {element.least} 应大于零，请核对。"
    if element.least_words and element.least is None:
        yield f"{at}写了标准写法“{element.least_words}”，没有填名单标准，请补填。"


def _stand_beside_an_element(plan: Plan) -> Iterator[str]:
    owed = {element.code for element in plan.elements}
    for element in plan.supplements:
        if element.beside not in owed:
            yield f"{_AT}“{element.code}”补充于“{element.beside}”，没有这个要素，请改正代码或清除。"
