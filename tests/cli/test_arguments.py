from pathlib import Path

import pytest

from wyexcel.cli.arguments import HELP, Misused, Request, parse
from wyexcel.cli.commands import COMMANDS


def test_options_may_stand_before_or_after_the_command() -> None:
    expected = Request(
        command="check", words=("2025-09",), workspace=Path("d"), answer="-", quiet=True
    )

    assert parse(["-C", "d", "--quiet", "--json", "-", "check", "2025-09"]) == expected
    assert parse(["check", "2025-09", "--json=-", "-C", "d", "--quiet"]) == expected


def test_check_takes_files_after_the_period() -> None:
    assert parse(["check", "2025Q3", "a.xlsx", "b.xlsx"]).words == ("2025Q3", "a.xlsx", "b.xlsx")


def test_nothing_asked_shows_the_help() -> None:
    assert parse([]).command == "help"
    assert parse(["check", "--help"]).command == "help"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("校验 2025-09", "没有“校验”这个命令"),
        ("check", "后面要写报告期"),
        ("merge 2025-09 x", "后面多了“x”"),
        ("check 2025-09 --fast", "不认识选项“--fast”"),
        ("check 2025-09 --json", "选项“--json”后面少了内容"),
    ],
)
def test_a_mistaken_line_is_answered_with_a_sentence(line: str, says: str) -> None:
    with pytest.raises(Misused, match=says):
        parse(line.split())


def test_the_help_names_every_command_of_the_contract() -> None:
    for command in COMMANDS:
        assert f"\n  {command} " in HELP
