"""Rebuilds what is built: the VBA project and the master workbook, byte for byte the same.

`python workbooks/build.py` writes them; `--check` compares them with those that are there.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from wyexcel.files.writing import vba  # noqa: E402 - the folder must be on the path first
from wyexcel.master import master_workbook  # noqa: E402 - the folder must be on the path first
from wyexcel.plan import official  # noqa: E402 - the folder must be on the path first

BUTTONS: Final = ROOT / "macros" / "WyButtons.bas"


def main(arguments: list[str]) -> int:
    """Write the built files, or say which of them differ from their sources."""
    project = ROOT / "macros" / master_workbook.PROJECT
    workbook = ROOT / "workbooks" / "master.xlsm"
    sheets = len(master_workbook.sheets(official.load()))
    built = vba.in_workbook(sheets, vba.read_module(BUTTONS.read_text("ascii"))).to_bytes()
    if arguments != ["--check"]:
        project.write_bytes(built)
        master_workbook.write(official.load(), workbook)
        return 0
    stale = [] if project.read_bytes() == built else [project]
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / workbook.name
        master_workbook.write(official.load(), fresh)
        if fresh.read_bytes() != workbook.read_bytes():
            stale.append(workbook)
    for path in stale:
        sys.stderr.write(f"{path.relative_to(ROOT)} 不是由现在的源文件生成的，")
        sys.stderr.write("请运行 python workbooks/build.py 后提交。\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
