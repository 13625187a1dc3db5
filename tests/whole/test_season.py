"""The whole quarter, as the office lives it, on real files."""

import os
import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.answers import Answered, ask, edit, fill, slots
from wyexcel.cli.main import main

ACCEPTANCE = """
no | target | actual | completion | expected | gap    | measure | attainment | status
1  | 14     | 12     | 85.7       | 13       | -1     | 户      | 66.7       | 严重欠进度
2  | 24     | 17.6   | 73.3       | 18       | -1.7   | 百分点  | 97.8       | 欠进度
3  | 85     | 83.81  | -          | 85       | -1.19  | 百分点  | 98.6       | 未达标
4  | 42     | 33.1   | 78.8       | 31.5     | 3.8    | 百分点  | 105.1      | 达进度
5  | 0      | 0      | -          | -        | -      | 个      | -          | 无当年任务
6  | 0      | 1      | -          | -        | -      | 个      | -          | 提前完成
7  | 0.22   | 0.2262 | -          | 0.22     | 0.006  | 百分点  | 102.8      | 达标
8  | 8      | 4      | 50         | 6        | -2     | 个      | 66.7       | 严重欠进度
9  | 1      | 0      | 0          | 0        | -      | 个      | -          | 未到节点
10 | /      | 0      | -          | -        | -      | 百分点  | -          | 不设目标
11 | 0      | 0.0004 | -          | -        | -      | 百分点  | -          | 提前完成
"""
"""The table of domain.md B4, as a person copied it; `-` is no number."""


def rows(table: str) -> list[dict[str, str]]:
    heading, *lines = [[c.strip() for c in line.split("|")] for line in table.strip().split("\n")]
    return [dict(zip(heading, line, strict=True)) for line in lines]


def rounded(value: float | None, like: str) -> str:
    """*value* with as many decimals as *like* has, as a person would write it down."""
    if value is None:
        return "-"
    decimals = len(like.partition(".")[2])
    return f"{Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals)):f}"


def test_the_demonstration_stands_exactly_as_the_worked_example(demo: Path) -> None:
    answered = ask(demo, "assess", "2025-09")

    assert answered.code == 0
    assert answered.json["period"] == "2025-09"
    for row, indicator in zip(rows(ACCEPTANCE), answered.json["indicators"], strict=True):
        assert indicator["no"] == int(row["no"])
        assert indicator["status"] == row["status"]
        target = indicator["target"]
        assert target == (row["target"] if row["target"] == "/" else float(row["target"]))
        for name in ("actual", "completion", "expected", "gap", "attainment"):
            assert rounded(indicator[name], row[name]) == row[name], (row["no"], name)
        if indicator["gap"] is not None:
            assert indicator["gap_measure"] == row["measure"]
        assert indicator["reason"]


def test_the_stock_is_judged_by_its_net_growth(demo: Path) -> None:
    [enterprises, *_] = ask(demo, "assess", "2025-09").json["indicators"]

    assert enterprises["net_completion"] == pytest.approx(50)
    assert "（12－10）÷（14－10）" in enterprises["reason"]


def test_parks_and_both_reports_stand_beside_the_value(demo: Path) -> None:
    output = ask(demo, "assess", "2025-09").json["indicators"][1]

    assert output["parks"] == {
        "白沙": 6.0,
        "官渡": 8.6,
        "青花": 3.0,
        "区内园外": 0.0,
        "未分园区": 0.0,
    }
    assert output["reports"] == {"市经信局": 17.6, "市工业园区管委会": 17.6}
    assert output["difference"] == 0


def test_every_number_names_cells_that_hold_it(demo: Path) -> None:
    for indicator in ask(demo, "assess", "2025-09").json["indicators"]:
        assert indicator["sources"], indicator["name"]
        for source in indicator["sources"]:
            path = demo / "归档" / "2025-09" / source["file"]
            cell = load_workbook(path)[source["sheet"]][source["cell"]]
            assert cell.value == source["value"]


def test_the_inbox_of_the_demonstration_is_accounted_for(demo: Path) -> None:
    answered = ask(demo, "check", "2025-09")

    statuses = {s["file"]: s["status"] for s in answered.json["submissions"]}
    assert answered.code == 1
    assert statuses == {
        "市工业园区管委会.xlsx": "accepted",
        "市商务局.xlsx": "accepted",
        "市科技局.xlsx": "accepted",
        "市经信局三季度.xlsx": "superseded",
        "市经信局三季度（更正）.xlsx": "accepted",
        "投促中心报送.xlsx": "accepted",
        "投促中心补报.xlsx": "rejected",
    }
    wrong = {f["rule"] for f in answered.json["findings"] if f["severity"] in {"阻", "错"}}
    assert wrong == {"V02", "R03", "I05"}
    assert answered.json["missing"] == []


def test_everything_twice_changes_nothing(demo: Path) -> None:
    def state() -> dict[str, bytes]:
        files = [p for p in demo.rglob("*") if p.is_file() and p.suffix != ".pdf"]
        return {str(p.relative_to(demo)): p.read_bytes() for p in files}

    before = state()
    ask(demo, "run", "2025-09")

    assert state() == before


def test_deleting_what_was_derived_and_merging_again_gives_the_same(demo: Path) -> None:
    totals = demo / "通报" / "2025-09" / "汇总.xlsx"
    before = totals.read_bytes()
    shutil.rmtree(demo / "通报")
    shutil.rmtree(demo / "报送" / "2025-09")

    answered = ask(demo, "merge", "2025-09")

    assert answered.code == 0, answered.error
    assert totals.read_bytes() == before


def commerce(office: Path, name: str, value: object, *, hour: int = 9) -> Path:
    """市商务局's form, filled through `_form`, under any name."""
    path = fill(
        office / "下发" / "2025-09" / "市商务局.xlsx",
        office / "报送" / "2025-09" / name,
        {("C14", "全区"): value},
    )
    moment = datetime(2025, 10, 9, hour, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


def statuses(answered: Answered) -> dict[str, str]:
    return {s["file"]: s["status"] for s in answered.json["submissions"]}


def is_owed(slot: dict[str, str]) -> bool:
    """Whether a slot is one of those that may not be left blank; the others stand on 补充."""
    return slot["sheet"] != "补充"


def test_one_form_for_each_unit_and_all_its_own_elements(office: Path) -> None:
    owed = {
        path.stem: {s["element"] for s in slots(path) if s["kind"] == "number" and is_owed(s)}
        for path in (office / "下发" / "2025-09").iterdir()
    }

    assert owed == {
        "市经信局": {"C01", "C02", "C05", "C09", "C10", "C11", "C12"},
        "市科技局": {"C06", "C07", "C12"},
        "市投促中心": {"C10", "C13"},
        "市商务局": {"C14"},
        "市工业园区管委会": {
            *("C01", "C02", "C03a", "C03b", "C03c", "C03d", "C04"),
            *("C05", "C06", "C07", "C09", "C11", "C14"),
        },
    }


def test_a_form_filled_by_another_program_is_accepted_under_any_name(office: Path) -> None:
    commerce(office, "新建 Microsoft Excel 工作表 (3)😀.xlsx", 4)

    answered = ask(office, "check", "2025-09")

    assert answered.code == 0
    assert statuses(answered) == {"新建 Microsoft Excel 工作表 (3)😀.xlsx": "accepted"}
    [submission] = answered.json["submissions"]
    assert (submission["unit"], submission["period"]) == ("市商务局", "2025-09")
    assert len(submission["sha256"]) == 64
    assert answered.json["missing"] == ["市经信局", "市科技局", "市工业园区管委会", "市投促中心"]


def test_the_same_file_twice_is_a_duplicate(office: Path) -> None:
    path = commerce(office, "a.xlsx", 4)
    shutil.copy2(path, path.with_name("b.xlsx"))

    assert statuses(ask(office, "check", "2025-09")) == {
        "a.xlsx": "accepted",
        "b.xlsx": "duplicate",
    }


def test_given_files_are_checked_and_told_alone(office: Path) -> None:
    commerce(office, "a.xlsx", 4)
    other = commerce(office, "b.xlsx", "4万元", hour=10)

    answered = ask(office, "check", "2025-09", str(other))

    assert statuses(answered) == {"b.xlsx": "rejected"}
    [finding] = answered.json["findings"]
    assert (finding["rule"], finding["sheet"], finding["value"]) == ("V02", "填报", "4万元")
    assert finding["suggestion"] == 4
    assert answered.code == 1


def test_a_form_in_a_subfolder_of_the_inbox_is_read_like_any_other(office: Path) -> None:
    commerce(office, "解压/市商务局.xlsx", 4)
    (office / "报送" / "2025-09" / "断开.xlsx").symlink_to(office / "没有.xlsx")

    before = ask(office, "check", "2025-09")
    merged = ask(office, "merge", "2025-09")
    after = ask(office, "check", "2025-09")

    assert statuses(before) == {"解压/市商务局.xlsx": "accepted", "断开.xlsx": "rejected"}
    [dangling] = [f for f in before.json["findings"] if f["file"] == "断开.xlsx"]
    assert dangling["rule"] == "F01"
    assert "链接" in dangling["message"]
    assert merged.code == before.code
    assert after == before
    assert (office / "归档" / "2025-09" / "市商务局.xlsx").is_file()


@pytest.mark.parametrize("command", ["check", "merge", "assess"])
@pytest.mark.parametrize("harm", ["removed", "changed"])
def test_an_original_that_is_not_what_was_archived_is_told_and_nothing_is_overwritten(
    office: Path, harm: str, command: str
) -> None:
    commerce(office, "a.xlsx", 4)
    ask(office, "merge", "2025-09")
    original = office / "归档" / "2025-09" / "a.xlsx"
    content = original.read_bytes()
    original.unlink()
    if harm == "changed":
        original.write_bytes(content[:-9] + b"123456789")

    answered = ask(office, command, "2025-09")

    assert answered.code == 2
    assert "归档原件" in answered.error
    assert original.exists() == (harm == "changed")


def returned(office: Path) -> set[str]:
    return {path.name for path in (office / "退回" / "2025-09").iterdir()}


def test_copy_and_letter_go_as_soon_as_their_unit_has_put_it_right(office: Path) -> None:
    commerce(office, "a.xlsx", "4万元")
    ask(office, "return", "2025-09")
    assert {n for n in returned(office) if n.startswith("市商务局")} == {
        "市商务局-退回-a.xlsx",
        "市商务局-退回单.txt",
        "市商务局-退回单.docx",
    }

    commerce(office, "b.xlsx", 4, hour=10)
    ask(office, "return", "2025-09")

    units = ("市经信局", "市科技局", "市工业园区管委会", "市投促中心")
    assert returned(office) == {f"{u}-催报单.{kind}" for u in units for kind in ("txt", "docx")}


def test_every_unit_is_urged_where_none_has_reported(office: Path) -> None:
    answered = ask(office, "return", "2025-09")

    assert answered.code == 0, answered.error
    units = ("市经信局", "市科技局", "市商务局", "市工业园区管委会", "市投促中心")
    assert returned(office) == {f"{u}-催报单.{kind}" for u in units for kind in ("txt", "docx")}


def test_a_rejected_correction_gets_copy_and_letter_though_the_first_form_counts(
    office: Path,
) -> None:
    commerce(office, "a.xlsx", 4)
    ask(office, "merge", "2025-09")
    commerce(office, "b.xlsx", "5万元", hour=10)

    answered = ask(office, "return", "2025-09")

    assert answered.code == 1
    assert "市商务局-退回-b.xlsx" in returned(office)
    letter = (office / "退回" / "2025-09" / "市商务局-退回单.txt").read_text("utf-8")
    assert "暂用贵单位此前已通过校验的“a.xlsx”" in letter


def test_a_file_of_nobody_gets_a_list_and_no_letter(office: Path) -> None:
    (office / "报送" / "2025-09" / "照片.xlsx").write_bytes(b"a picture")
    commerce(office, "附/照片.xlsx", 4).write_bytes(b"another picture")

    ask(office, "return", "2025-09")

    of_nobody = {name for name in returned(office) if "照片" in name}
    assert of_nobody == {"未知单位-退回-照片.xlsx", "未知单位-退回-照片（2）.xlsx"}
    assert not any("退回单" in name for name in returned(office))
    page = load_workbook(office / "退回" / "2025-09" / "未知单位-退回-照片.xlsx")
    assert page.sheetnames == ["问题清单"]


def test_a_copy_is_called_as_what_it_is(office: Path) -> None:
    commerce(office, "a.XLSM", "4万元")

    ask(office, "return", "2025-09")

    assert "市商务局-退回-a.XLSM.xlsx" in returned(office)


def test_what_the_clerk_put_there_stays_and_what_he_changed_is_told(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = commerce(office, "a.xlsx", "4万元")
    ask(office, "return", "2025-09")
    home = office / "退回" / "2025-09"
    (home / "备忘.txt").write_text("打过电话", "utf-8")
    (home / "市商务局-退回单.txt").write_text("改过的", "utf-8")
    path.unlink()
    commerce(office, "b.xlsx", 4)

    main(["-C", str(office), "return", "2025-09"])

    assert (home / "备忘.txt").read_text("utf-8") == "打过电话"
    assert (home / "市商务局-退回单.txt").read_text("utf-8") == "改过的"
    assert "“市商务局-退回单.txt”有人改过，已保留" in capsys.readouterr().out


def test_the_demonstration_shows_what_goes_back_and_who_lags(demo: Path) -> None:
    files = {path.name for path in (demo / "退回" / "2025-09").iterdir()}

    assert files == {
        "市投促中心-退回-投促中心补报.xlsx",
        *(f"市投促中心-退回单.{kind}" for kind in ("txt", "docx")),
        *(f"{u}-督办单.{k}" for u in ("市经信局", "市工业园区管委会") for k in ("txt", "docx")),
    }


def test_letters_about_what_lags_go_as_soon_as_it_does_not(demo: Path) -> None:
    edit(demo, "目标任务表", ["主导产业产值占园区产值比重"], "任务", 80)

    answered = ask(demo, "bulletin", "2025-09")

    files = [Path(name).name for name in answered.json["files"]]
    assert [name for name in files if "督办单" in name] == [
        "市经信局-督办单.txt",
        "市经信局-督办单.docx",
    ]
    assert not (demo / "退回" / "2025-09" / "市工业园区管委会-督办单.docx").exists()
    assert (demo / "退回" / "2025-09" / "市投促中心-退回单.docx").is_file()


def test_a_corrected_one_is_adopted_and_the_earlier_superseded(office: Path) -> None:
    commerce(office, "z.xlsx", 4, hour=9)
    ask(office, "merge", "2025-09")
    commerce(office, "a.xlsx", 5, hour=10)

    assert statuses(ask(office, "merge", "2025-09") and ask(office, "check", "2025-09")) == {
        "z.xlsx": "superseded",
        "a.xlsx": "accepted",
    }
    trade = ask(office, "assess", "2025-09").json["indicators"][10]
    assert trade["actual"] == pytest.approx(0.0005)
    assert [s["file"] for s in trade["sources"]] == ["a.xlsx"]


def test_a_blank_is_unreported_and_a_typed_zero_is_zero(office: Path) -> None:
    commerce(office, "零.xlsx", 0)
    ask(office, "merge", "2025-09")

    indicators = ask(office, "assess", "2025-09").json["indicators"]

    assert (indicators[10]["actual"], indicators[10]["status"]) == (0, "无当年任务")
    assert (indicators[1]["actual"], indicators[1]["status"]) == (None, "未报")


def test_a_target_changed_in_the_master_is_the_target(demo: Path) -> None:
    edit(demo, "目标任务表", ["规上工业总产值"], "任务", 22)

    output = ask(demo, "assess", "2025-09").json["indicators"][1]

    assert output["target"] == 22
    assert output["status"] == "达进度"


def test_a_baseline_changed_in_the_master_is_the_baseline(demo: Path) -> None:
    edit(demo, "基期与分解", ["基期"], "数值", 6)

    enterprises = ask(demo, "assess", "2025-09").json["indicators"][0]

    assert enterprises["net_completion"] == pytest.approx(75)
    assert enterprises["status"] == "达进度"


def test_a_threshold_changed_in_the_master_is_the_threshold(demo: Path) -> None:
    for row_of, column, value in (("严重欠进度", "上限（不含）", 60), ("欠进度", "下限（含）", 60)):
        edit(demo, "判定规则", ["达成率", row_of], column, value)

    projects = ask(demo, "assess", "2025-09").json["indicators"][7]

    assert projects["status"] == "欠进度"


def test_thresholds_with_a_gap_are_refused_with_a_sentence(demo: Path) -> None:
    edit(demo, "判定规则", ["达成率", "严重欠进度"], "上限（不含）", 60)

    answered = ask(demo, "assess", "2025-09")

    assert answered.code == 2
    assert "判定规则" in answered.error
    assert answered.json is None


def test_a_unit_renamed_in_the_master_gets_its_form_under_the_new_name(office: Path) -> None:
    edit(office, "责任单位", ["市商务局"], "单位名称", "市商务和经合局")
    commerce(office, "旧名报送.xlsx", 4)

    answered = ask(office, "issue", "2025-10")

    assert answered.code == 0, answered.error
    assert (office / "下发" / "2025-10" / "市商务和经合局.xlsx").is_file()
    [submission] = ask(office, "check", "2025-09").json["submissions"]
    assert (submission["status"], submission["unit"]) == ("accepted", "市商务和经合局")


def test_two_files_of_one_name_keep_their_own_problems(office: Path) -> None:
    commerce(office, "a.xlsx", "４", hour=9)
    ask(office, "merge", "2025-09")
    (office / "报送" / "2025-09" / "a.xlsx").unlink()
    commerce(office, "a.xlsx", "4万元", hour=10)

    ask(office, "return", "2025-09")

    [copy] = (office / "退回" / "2025-09").glob("市商务局-退回-*.xlsx")
    problems = load_workbook(copy)["问题清单"]
    assert [problems["D4"].value, problems["D5"].value] == ["4万元", None]


def test_a_given_file_is_told_without_its_namesake_in_the_archive(office: Path) -> None:
    commerce(office, "a.xlsx", "４", hour=9)
    ask(office, "merge", "2025-09")
    other = commerce(office, "另/a.xlsx", "4万元", hour=10)

    answered = ask(office, "check", "2025-09", str(other))

    assert statuses(answered) == {"a.xlsx": "rejected"}
    assert len(answered.json["submissions"]) == 1
    assert {f["rule"] for f in answered.json["findings"]} == {"V02"}
