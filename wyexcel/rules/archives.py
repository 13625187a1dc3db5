"""Rules of archives of forms (.zip …) that came (F12)."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from wyexcel.findings import Severity
from wyexcel.rules.rule import Family, Violation


class OpenedArchive(Struct, frozen=True, kw_only=True):
    """An archive that was opened: its name, how many forms are in it, and how many other files."""

    name: str
    forms: int
    others: int


ARCHIVES: Final = Family[OpenedArchive]()


@ARCHIVES.rule(
    "F12",
    Severity.NOTICE,
    holds="压缩包里的填报表逐个读取",
    message="“{name}”是压缩包，已打开，里面的 {forms} 份填报表逐个按报送处理{others}。",
)
def forms_come_by_themselves(archive: OpenedArchive) -> Iterator[Violation]:
    """Forms come by themselves; those in an archive are read as if they had."""
    others = f"（另有 {archive.others} 个别的文件）" if archive.others else ""
    yield Violation(words={"name": archive.name, "forms": archive.forms, "others": others})
