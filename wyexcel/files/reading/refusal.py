"""Why a file cannot be read as a workbook, in the words people are told."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Reason(StrEnum):
    """What stands in the way of reading a file."""

    NO_ACCESS = "no_access"
    LINK = "link"
    FOLDER = "folder"
    NO_FILE = "no_file"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    PASSWORD = "password"  # noqa: S105  the name of a reason, not a secret
    ENCRYPTED = "encrypted"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    NUMBERS = "numbers"
    XML_2003 = "xml_2003"
    HTML = "html"
    CSV = "csv"
    TEXT = "text"
    DATA = "data"
    PDF = "pdf"
    PICTURE = "picture"
    DOCUMENT = "document"
    MAIL = "mail"
    ARCHIVE = "archive"
    NO_FORMS = "no_forms"
    SHORTCUT = "shortcut"
    PROGRAM = "program"
    STRICT = "strict"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    UNSAFE = "unsafe"
    TOO_WIDE = "too_wide"
    TOO_MANY_MERGES = "too_many_merges"
    NO_SHEETS = "no_sheets"
    DISAGREE = "disagree"
    CRASHED = "crashed"

    @property
    def locked(self) -> bool:
        """Whether it takes a password to open the file."""
        return self is Reason.PASSWORD

    @property
    def advice(self) -> str:
        """What is to be done about it."""
        return _WORDS[self][1]


_FILL: Final = "请把数填进下发的填报表（.xlsx）再报"
_SAVE_AS: Final = "请用 Excel/WPS 打开，“另存为 .xlsx”再报；不是下发的填报表的，把数填进填报表再报"
_BESIDE: Final = f"里面的数读不出来，{_FILL}；盖章件、照片可与填报表一并报送，文件名写上单位"
_SEND_AGAIN: Final = "请核对原文件能打开，重新发送一次"
_CLEAN: Final = "请用下发的填报表重新填报"

_WORDS: Final[Mapping[Reason, tuple[str, str]]] = MappingProxyType(
    {
        Reason.NO_ACCESS: (
            "打不开，可能正被别的程序占用、没有权限或已被移走",
            "请关闭占用它的程序、核对权限，再运行一次",
        ),
        Reason.LINK: ("是一个链接，所指的文件找不到", "请把原文件本身放进来"),
        Reason.FOLDER: (
            "是打不开的文件夹（或指向文件夹的链接），里面的文件没有读",
            "请核对权限，或把里面的文件直接放进来，再运行一次",
        ),
        Reason.NO_FILE: ("不是普通文件（是管道、设备之类）", "请删除它；是报表的，请重新发送"),
        Reason.EMPTY: ("是空文件，里面什么都没有，可能没有传完", _SEND_AGAIN),
        Reason.TOO_BIG: ("太大，超出一份填报表应有的大小", _CLEAN),
        Reason.PASSWORD: ("设了打开密码", "请取消密码后重新报送"),
        Reason.ENCRYPTED: (
            "被文档加密（权限管理）软件加了密，只能在原单位的电脑上打开",
            "请在原单位解密（外发）后重新报送",
        ),
        Reason.XLS: ("实际是旧版 .xls 或 WPS 的 .et 格式", _SAVE_AS),
        Reason.XLSB: ("实际是二进制 .xlsb 格式", _SAVE_AS),
        Reason.ODS: ("实际是 OpenDocument（.ods 等）格式", _SAVE_AS),
        Reason.NUMBERS: (
            "实际是苹果 Numbers 表格，不是 Excel 工作簿",
            f"请在 Numbers 里“导出为 Excel”；不是下发的填报表的，{_FILL.removeprefix('请')}",
        ),
        Reason.XML_2003: ("实际是 XML 表格 2003 格式", _SAVE_AS),
        Reason.HTML: ("实际是网页，不是工作簿", _FILL),
        Reason.CSV: ("实际是 CSV（逗号或制表符隔开的文本），不是工作簿", _FILL),
        Reason.TEXT: ("实际是文本，不是工作簿", _FILL),
        Reason.DATA: ("实际是 JSON 或 XML 数据，不是工作簿", _FILL),
        Reason.PDF: ("实际是 PDF（或 OFD）版式文件，不是工作簿", _BESIDE),
        Reason.PICTURE: ("实际是图片（照片、截图或扫描件），不是工作簿", _BESIDE),
        Reason.DOCUMENT: ("实际是文字文档或演示文稿，不是工作簿", _FILL),
        Reason.MAIL: (
            "实际是一封邮件，填报表可能在它的附件里",
            "请打开邮件，把附件里的填报表另存出来再报",
        ),
        Reason.ARCHIVE: ("实际是压缩包，没有打开", "请解压后把里面的填报表逐个报送"),
        Reason.NO_FORMS: (
            "是压缩包，里面没有能读的工作簿",
            "请把填好的填报表（.xlsx）放进去，或直接报送填报表",
        ),
        Reason.SHORTCUT: (
            "是快捷方式（或网址），不是文件本身",
            "请找到它指向的文件，把那个文件发来",
        ),
        Reason.PROGRAM: (
            "实际是程序，没有运行",
            f"请核实来源后删除；自解压的压缩包，请解压后报送里面的表；{_FILL.removeprefix('请')}",
        ),
        Reason.STRICT: ("是“Strict Open XML”格式", "请用 Excel/WPS 打开，“另存为 .xlsx”再报"),
        Reason.UNKNOWN: (
            "不是工作簿，认不出是什么文件（没有传完，或被加密软件加了密）",
            f"请在原来的电脑上核对能打开、已解密，重新发送；本来不是工作簿的，{_FILL.removeprefix('请')}",
        ),
        Reason.DAMAGED: ("已损坏或没有传完整", _SEND_AGAIN),
        Reason.UNSAFE: ("内部结构异常，为安全起见没有打开", _CLEAN),
        Reason.TOO_WIDE: (
            "有数据的区域太大，超出一份填报表应有的行数、列数或单元格数",
            "请清除表外的内容和格式再报，或用下发的填报表重新填报",
        ),
        Reason.TOO_MANY_MERGES: ("合并单元格或超链接的范围太大", _CLEAN),
        Reason.NO_SHEETS: ("里面没有工作表", _CLEAN),
        Reason.DISAGREE: (
            "两种方法读出的内容不一致",
            "请用 Excel/WPS 打开，另存一次再报；还不行的，用下发的填报表重新填报",
        ),
        Reason.CRASHED: (
            "读取时出错或超时",
            "请用 Excel/WPS 打开，另存一次再报；还不行的，用下发的填报表重新填报",
        ),
    }
)
"""What each reason is called, and what is to be done about it."""


class Refused(Exception):
    """A file that is not read any further, and why; it never leaves the reading of that file."""

    def __init__(self, reason: Reason, where: str = "") -> None:
        """*where* names the sheet, cell or part of the file, if there is one."""
        super().__init__(reason, where)
        self.reason = reason
        self.where = where


class Unreadable(NamedTuple):
    """A file that cannot be read as a workbook; `detail` is the phrase people are told."""

    file: str
    sha256: str
    reason: Reason
    detail: str


def phrase(reason: Reason, where: str = "") -> str:
    """*reason* in words, with the place inside the file where there is one.

    >>> phrase(Reason.TOO_BIG, "填报")
    '太大，超出一份填报表应有的大小：填报'
    """
    what = _WORDS[reason][0]
    return f"{what}：{where}" if where else what
