"""What formulas come to, exactly: constants and the workbook's own cells, as fractions.

What is not known exactly is not guessed: any other function, any name, any circle is NotEvaluated.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, prod
from typing import Final, NamedTuple

from wyexcel.files.address import a1
from wyexcel.files.reading.book import Book, CellValue
from wyexcel.files.reading.formulas.elsewhere import outside_source, resolved
from wyexcel.files.reading.formulas.sheet_cells import (
    SheetCells,
    Spot,
    rows_to_search,
    sheets_of,
    within,
)
from wyexcel.files.reading.formulas.syntax import (
    COMPARISON,
    LEVELS,
    Area,
    Call,
    Constant,
    Node,
    NotEvaluated,
    Operation,
    Value,
    parse_formula,
)
from wyexcel.files.reading.formulas.values import (
    ARITHMETIC,
    MOST_BITS,
    ZERO,
    Elsewhere,
    Wrong,
    as_number,
    as_text,
    compared,
)
from wyexcel.files.reading.typed_number import exact

_MOST_CELLS: Final = 200_000
"""How many cells all formulas of one workbook may look at."""
_MOST_SIGNS: Final = 300_000
"""How many signs all formulas of one workbook may have that are reckoned."""
_DEEPEST: Final = 60
"""How many formulas may stand one behind another."""
_MOST_PLACES: Final = 30
_HUGE: Final = Fraction(10**300)
_HALF: Final = Fraction(1, 2)


class Result(NamedTuple):
    """What a formula comes to, and how exactly a program that reckons in binary can know it.

    `largest` is the largest number on the way, `ties` how often it was rounded just at a bound.
    """

    value: Value
    largest: Fraction = ZERO
    ties: int = 0


class Reckoner:
    """Reckons the formulas of one workbook.

    With *low*, whatever lies just at the bound of a rounding goes the other way: the binary number
    that stands for it may lie a little beside it.
    """

    def __init__(self, book: Book, *, low: bool = False) -> None:
        """Nothing is reckoned yet."""
        self._book = book
        self._low = low
        self._known: dict[tuple[str, int, int], Result] = {}
        self._open: set[tuple[str, int, int]] = set()
        self._cells_left = _MOST_CELLS
        self._signs_left = _MOST_SIGNS
        self._largest = ZERO
        self._ties = 0

    def reckon(self, formula: str, sheet: str) -> Result:
        """What *formula*, in a cell of *sheet*, comes to; raise NotEvaluated where unknown."""
        outer = self._largest, self._ties
        self._largest, self._ties = ZERO, 0
        try:
            value = self._value(self._tree(formula), sheet)
            return Result(ZERO if value is None else value, self._largest, self._ties)
        except (ArithmeticError, ValueError, RecursionError) as error:
            raise NotEvaluated(formula) from error
        finally:
            self._largest, self._ties = outer

    def _tree(self, formula: str) -> Node:
        formula = formula.removeprefix("=")
        self._signs_left -= len(formula)
        if self._signs_left < 0:
            raise NotEvaluated(formula)
        source = outside_source(formula)
        if source is not None:
            raise Elsewhere(resolved(source, self._book.links))
        return parse_formula(formula)

    @cached_property
    def _sheets(self) -> Mapping[str, SheetCells]:
        """The sheets that were read; programs do not tell big letters of their names from small."""
        return sheets_of(self._book)

    def _value(self, node: Node, sheet: str) -> Value:
        match node:
            case Constant(value):
                return self._noted(value) if isinstance(value, Fraction) else value
            case Area(single=True):
                return next(self._cells(node, sheet), None)
            case Operation():
                return self._operation(node, sheet)
            case Call():
                return self._call(node, sheet)
            case Area():
                raise NotEvaluated(node.sheet)

    def _operation(self, node: Operation, sheet: str) -> Value:
        """A chain of operations from left to right, however long it is."""
        chain: list[Operation] = []
        first: Node = node
        while isinstance(first, Operation):
            chain.append(first)
            first = first.left
        value = self._value(first, sheet)
        for step in reversed(chain):
            value = self._combined(step.sign, value, self._value(step.right, sheet))
        return value

    def _combined(self, sign: str, left: Value, right: Value) -> Value:
        if sign == "&":
            return as_text(left) + as_text(right)
        if LEVELS[sign] == COMPARISON:
            return compared(sign, left, right)
        return self._noted(ARITHMETIC[sign](as_number(left), as_number(right)))

    def _noted(self, number: Fraction) -> Fraction:
        """*number*, the size of which is noted; raise NotEvaluated where it is beyond all use."""
        if max(number.numerator.bit_length(), number.denominator.bit_length()) > MOST_BITS:
            raise NotEvaluated
        size = abs(number)
        if size > _HUGE:
            raise NotEvaluated
        self._largest = max(self._largest, size)
        return number

    def _cells(self, area: Area, sheet: str) -> Iterator[Value]:
        """What stands in *area*, blank cells beyond the last value left out."""
        there = self._sheets.get((area.sheet or sheet).casefold())
        if there is None:
            raise NotEvaluated(area.sheet)
        (top, left), (bottom, right) = area.first, area.last
        searched = (rows_to_search(area, places) for places in (there.formulas, there.errors))
        self._cells_left -= sum(map(len, searched))
        inside, wrong = within(area, there.formulas), within(area, there.errors)
        if wrong:
            raise Wrong(there.name)
        for number, row in enumerate(there.rows[top : bottom + 1], top):
            self._cells_left -= 1 + len(row[left : right + 1])
            if self._cells_left < 0:
                raise NotEvaluated(there.name)
            for column, value in enumerate(row[left : right + 1], left):
                if not inside or column not in there.formulas.get(number, ()):
                    yield self._plain(value)
        for place in inside:
            yield self._of_formula(there, place)

    def _plain(self, value: CellValue) -> Value:
        """What a cell without a formula is worth."""
        if value is None or isinstance(value, str | bool):
            return value
        if isinstance(value, float | int):
            return self._noted(Fraction(exact(float(value))))
        raise NotEvaluated(value)

    def _of_formula(self, there: SheetCells, place: Spot) -> Value:
        """What the formula of another cell comes to; what is stored there need not be that."""
        key = (there.name, *place)
        if key not in self._known:
            if key in self._open or len(self._open) >= _DEEPEST:
                raise NotEvaluated(a1(*place))
            self._open.add(key)
            try:
                self._known[key] = self.reckon(there.formulas[place[0]][place[1]], there.name)
            finally:
                self._open.discard(key)
        value, largest, ties = self._known[key]
        self._largest, self._ties = max(self._largest, largest), self._ties + ties
        return value

    def _call(self, call: Call, sheet: str) -> Value:
        name, arguments = call.name.removeprefix("_XLFN."), call.arguments
        if name == "IF":
            return self._value(self._branch(call, sheet), sheet)
        if name == "IFERROR" and len(arguments) == len(("value", "otherwise")):
            return self._unless_wrong(arguments[0], arguments[1], sheet)
        if name in {"COUNT", "COUNTA"}:
            return self._counted(name, arguments, sheet)
        if name in _OF_MANY:
            return self._of_many(name, arguments, sheet)
        if len(arguments) in _ROUNDINGS.get(name, ()):
            return self._rounded(name, arguments, sheet)
        if name == "ABS" and len(arguments) == 1:
            return abs(self._number(arguments[0], sheet))
        raise NotEvaluated(name)

    def _number(self, node: Node | None, sheet: str) -> Fraction:
        return ZERO if node is None else as_number(self._value(node, sheet))

    def _branch(self, node: Node, sheet: str) -> Node:
        """What *node* stands for: the part that is chosen where it is an IF, maybe a range."""
        while isinstance(node, Call) and node.name == "IF":
            test, *parts = node.arguments or (None,)
            chosen = self._value(test, sheet) if test is not None else None
            if isinstance(chosen, str) or not 1 <= len(parts) <= len(("then", "otherwise")):
                raise NotEvaluated(node.name)
            part = parts[0] if chosen else parts[1] if len(parts) > 1 else Constant(value=False)
            node = Constant(ZERO) if part is None else part
        return node

    def _unless_wrong(self, first: Node | None, second: Node | None, sheet: str) -> Value:
        try:
            return ZERO if first is None else self._value(first, sheet)
        except Wrong:
            return ZERO if second is None else self._value(second, sheet)

    def _counted(self, name: str, arguments: tuple[Node | None, ...], sheet: str) -> Fraction:
        """How many cells hold a number, or (COUNTA) anything."""
        kinds = (Fraction,) if name == "COUNT" else (Fraction, str, bool)
        counted = 0
        for argument in arguments:
            if not isinstance(argument, Area):
                raise NotEvaluated(name)
            counted += sum(isinstance(value, kinds) for value in self._cells(argument, sheet))
        return Fraction(counted)

    def _of_many(self, name: str, arguments: tuple[Node | None, ...], sheet: str) -> Fraction:
        """Of cells only the numbers count; what stands in the formula itself must be one."""
        numbers: list[Fraction] = []
        for argument in arguments:
            part = Constant(ZERO) if argument is None else self._branch(argument, sheet)
            if isinstance(part, Area):
                numbers += (v for v in self._cells(part, sheet) if isinstance(v, Fraction))
            else:
                numbers.append(as_number(self._value(part, sheet)))
        if not arguments or (name == "AVERAGE" and not numbers):
            raise Wrong(name)
        return self._noted(_OF_MANY[name](numbers or [ZERO]))

    def _rounded(self, name: str, arguments: tuple[Node | None, ...], sheet: str) -> Fraction:
        """*number* rounded to so many places; whole numbers that were reckoned may be a bit off."""
        first, second, *_ = (*arguments, None)
        number = self._number(first, sheet)
        places = self._number(second, sheet)
        if abs(places) > _MOST_PLACES:
            raise NotEvaluated(name)
        unit = Fraction(10) ** int(places)
        size = number * unit if name == "INT" else abs(number) * unit
        steps = {"ROUND": floor(size + _HALF), "ROUNDUP": ceil(size)}.get(name, floor(size))
        bound = size % 1 == (_HALF if name == "ROUND" else 0)
        if bound and (name == "ROUND" or isinstance(first, Operation)):
            self._ties += 1
            if self._low:
                steps += 1 if name == "ROUNDUP" else -1
        return self._noted(steps / unit * (-1 if name != "INT" and number < 0 else 1))


_OF_MANY: Final[Mapping[str, Callable[[list[Fraction]], Fraction]]] = {
    "SUM": lambda numbers: sum(numbers, ZERO),
    "AVERAGE": lambda numbers: sum(numbers, ZERO) / len(numbers),
    "MIN": min,
    "MAX": max,
    "PRODUCT": lambda numbers: prod(numbers, start=Fraction(1)),
}
_ROUNDINGS: Final[Mapping[str, tuple[int, ...]]] = {
    "ROUND": (2,),
    "ROUNDUP": (2,),
    "ROUNDDOWN": (2,),
    "TRUNC": (1, 2),
    "INT": (1,),
}
"""The functions that round, and how many arguments each may have."""
