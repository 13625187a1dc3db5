"""What lies in 退回 is renewed and taken away; what somebody else wrote stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wyexcel.errors import CannotWrite
from wyexcel.letters.outbox import Delivery, Mailing, OutgoingFile, deliver


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "退回" / "2025-09"


def send(home: Path, kind: Mailing = Mailing.RETURNED, **papers: str) -> Delivery:
    return deliver(
        home, [OutgoingFile(f"{name}.txt", says(text)) for name, text in papers.items()], kind
    )


def says(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, "utf-8")


def there(home: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in home.iterdir()}


def test_papers_lie_in_the_folder_and_nothing_beside_them(home: Path) -> None:
    sent = send(home, 甲="一", 乙="二")

    assert there(home) == {"甲": "一", "乙": "二"}
    assert sent == Delivery(files=(home / "甲.txt", home / "乙.txt"))


def test_the_same_again_touches_nothing(home: Path) -> None:
    send(home, 甲="一")
    list_of_ours = home.parent / ".2025-09.csv"
    before = [p.stat().st_mtime_ns for p in (home / "甲.txt", list_of_ours)]

    send(home, 甲="一")

    assert [p.stat().st_mtime_ns for p in (home / "甲.txt", list_of_ours)] == before


def test_what_was_renewed_before_another_could_not_be_is_still_known_as_ours(home: Path) -> None:
    def fail(_path: Path) -> None:
        raise CannotWrite("打不开")  # noqa: EM101

    send(home, 甲="一", 乙="二")
    with pytest.raises(CannotWrite):
        deliver(
            home,
            [OutgoingFile("甲.txt", says("三")), OutgoingFile("乙.txt", fail)],
            Mailing.RETURNED,
        )

    sent = send(home, 丙="四")

    assert there(home) == {"丙": "四"}
    assert sent.left == ()


def test_what_no_longer_holds_is_taken_away(home: Path) -> None:
    send(home, 甲="一", 乙="二")

    sent = send(home, 甲="三")

    assert there(home) == {"甲": "三"}
    assert sent.left == ()


def test_a_file_of_somebody_else_stays(home: Path) -> None:
    send(home, 甲="一")
    (home / "乙.txt").write_text("自己写的", "utf-8")

    sent = send(home)

    assert there(home) == {"乙": "自己写的"}
    assert sent.left == ()


def test_what_somebody_changed_stays_and_is_told(home: Path) -> None:
    send(home, 甲="一")
    (home / "甲.txt").write_text("一，加一句", "utf-8")

    sent = send(home)

    assert there(home) == {"甲": "一，加一句"}
    assert "“甲.txt”有人改过，已保留" in sent.about_left


def test_what_somebody_changed_is_moved_aside_for_a_new_one(home: Path) -> None:
    send(home, 甲="一")
    (home / "甲.txt").write_text("一，加一句", "utf-8")

    sent = send(home, 甲="二")
    again = send(home, 甲="二")

    assert there(home) == {"甲": "二", "甲（原有）": "一，加一句"}
    assert sent.left == (home / "甲（原有）.txt",)
    assert again.left == ()


def test_a_file_that_was_there_before_us_is_moved_aside(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "甲.txt").write_text("早就有的", "utf-8")

    send(home, 甲="一")
    (home / "甲.txt").write_text("又改过", "utf-8")
    send(home, 甲="二")

    assert there(home) == {"甲": "二", "甲（原有）": "早就有的", "甲（原有2）": "又改过"}


def test_each_kind_takes_away_its_own_only(home: Path) -> None:
    send(home, 甲="一")
    send(home, Mailing.SUPERVISED, 乙="二")

    send(home)
    assert there(home) == {"乙": "二"}

    send(home, Mailing.SUPERVISED)
    assert there(home) == {}


def test_two_papers_of_one_name_both_lie_there(home: Path) -> None:
    papers = [OutgoingFile("A.txt", says("一")), OutgoingFile("a.txt", says("二"))]

    deliver(home, papers, Mailing.RETURNED)

    assert there(home) == {"A": "一", "a（2）": "二"}


def test_a_name_longer_than_a_file_system_takes_is_cut(home: Path) -> None:
    long = "报" * 90

    deliver(home, [OutgoingFile(f"{long}.xlsx.xlsx", says("一"))], Mailing.RETURNED)

    [path] = home.iterdir()
    assert path.name.startswith("报报报")
    assert path.suffix == ".xlsx"


def test_a_list_that_was_lost_or_spoilt_lets_nothing_be_removed(home: Path) -> None:
    send(home, 甲="一", 乙="二")
    (home.parent / ".2025-09.csv").write_bytes(b"\xff\xfe\x00")

    send(home, 甲="三")

    assert there(home) == {"甲": "三", "甲（原有）": "一", "乙": "二"}


def test_a_list_cannot_lead_out_of_the_folder(home: Path) -> None:
    send(home, 甲="一")
    outside = home.parent.parent / "master.txt"
    outside.write_text("一", "utf-8")
    listed = home.parent / ".2025-09.csv"
    listed.write_text(listed.read_text("utf-8").replace("甲.txt", "../../master.txt"), "utf-8")

    send(home)

    assert outside.is_file()
