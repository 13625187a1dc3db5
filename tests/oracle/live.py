"""One season lived through: every period sent, merged, judged, published, closed, and compared."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.oracle import compare, reckon
from tests.oracle.office import Office, below
from tests.oracle.reckon import Judged, Published, Truth
from tests.oracle.season import Form, Ruling, Season, When
from tests.oracle.values import Settled


def _sent_back(when: When, answer: dict[str, Any]) -> Iterator[str]:
    """Every form that was not taken, and why: what is made up is right."""
    for finding in answer["findings"]:
        if finding["severity"] in {"阻", "错"}:
            yield f"{when} sent back: {finding['rule']} {finding['file']} {finding['message']}"


class Life:
    """A season under way: what was sent by now, and what was closed."""

    def __init__(self, season: Season, root: Path) -> None:
        """Begin *season* in a workspace at *root*."""
        self.season = season
        self.office = Office(root, season)
        self.forms: dict[When, dict[str, Form]] = {}
        self.files: dict[tuple[When, str], str] = {}
        self.closed: dict[When, dict[int, Published]] = {}
        self.rulings: list[Ruling] = list(season.rulings)
        self.fields = 0

    def truth(self) -> Truth:
        """What is known now."""
        return Truth(season=self.season, forms=self.forms, rulings=self.rulings, closed=self.closed)

    def differences(self) -> Iterator[str]:
        """Live through all periods; every difference, said with its period."""
        for when in self.season.periods:
            self.office.issue(when)
            for unit, form in self.season.forms[when].items():
                self._send(when, unit, form)
            yield from self._judged(when)
            if when in self.season.closed and self.forms.get(when):
                self._close(when)
                yield from self._revised(when)
                self._withdraw()

    def _send(self, when: When, unit: str, form: Form, *, again: bool = False) -> None:
        self.office.send(when, unit, form, again=again)
        self.forms.setdefault(when, {})[unit] = form
        self.files[when, unit] = f"{unit}{'（更正）' if again else ''}.xlsx"

    def _judged(self, when: When) -> Iterator[str]:
        office = self.office
        merged = office.run("merge", str(when)) if self.forms.get(when) else None
        if merged is None:
            return
        sent_back = list(_sent_back(when, merged.json))
        yield from sent_back
        if sent_back:  # nothing else can fit then
            return
        answer = office.run("assess", str(when)).json["indicators"]
        office.run("bulletin", str(when))
        judged = reckon.judge(self.truth(), when)
        for line in self._compared(when, answer, judged):
            yield f"{when} {line}"

    def _compared(
        self, when: When, answer: list[dict[str, Any]], judged: dict[int, Judged]
    ) -> Iterator[str]:
        for said in answer:
            one = judged[said["no"]]
            self.fields += len(said)
            yield from compare.json_differences(said, one, self._sources(one))
        folder = self.office.root / "通报" / str(when)
        book = load_workbook(folder / "通报.xlsx")
        standings = load_workbook(folder / "进度判定.xlsx")["进度判定"]
        names = {said["no"]: said["name"] for said in answer}
        yield from compare.standings_differences(standings, judged)
        yield from compare.annex_1_differences(book["季度通报"], judged)
        yield from compare.annex_2_differences(book["分园区情况"], judged)
        yield from compare.annex_3_differences(book["欠进度清单"], judged)
        yield from compare.text_differences(book["正文"], judged, names, self.season)

    def _sources(self, one: Judged) -> list[tuple[str, str, str, Any]]:
        if one.actual is None:
            return []
        return [source for s in one.used for source in self._cells(one.when, s)]

    def _cells(self, when: When, settled: Settled) -> Iterator[tuple[str, str, str, Any]]:
        for unit, code, key in settled.cells:
            form, where = self.forms[when][unit], self.office.cells[when, unit]
            file = self.files[when, unit]
            things = {item.id: at for at, item in enumerate(form.lists.get(code, ()))}
            if key in things:
                sheet, cell = where.columns[code, "name"]
                yield file, sheet, below(cell, things[key]), form.lists[code][things[key]].name
            else:
                sheet, cell = where.numbers[code, key]
                yield file, sheet, cell, float(form.numbers[code, key])

    def _close(self, when: When) -> None:
        self.office.run("close", str(when), "--by", "王主任")
        self.closed[when] = reckon.published(reckon.judge(self.truth(), when))

    def _revised(self, when: When) -> Iterator[str]:
        """One unit's form replaced under a revision, which is closed again."""
        for unit, form in self.season.revised.get(when, {}).items():
            if self.forms[when][unit] == form:
                continue
            self.office.run("revise", str(when), "--by", "李四", "--why", "更正")
            self._send(when, unit, form, again=True)
            yield from self._judged(when)
            self._close(when)

    def _withdraw(self) -> None:
        """The office removes what it settled in closed periods: the published numbers stay."""
        if self.season.withdrawn and any(r.when in self.closed for r in self.rulings):
            self.rulings = [r for r in self.rulings if r.when not in self.closed]
            self.office.keep_rulings({r.when for r in self.rulings})
