"""Why a file cannot be read as a workbook, in the words people are told."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Reason(StrEnum):
    """What stands in the way of reading a file."""

    NO_ACCESS = "no_access"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    PASSWORD = "password"  # noqa: S105  the name of a reason, not a secret
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    XML_2003 = "xml_2003"
    HTML = "html"
    TEXT = "text"
    PDF = "pdf"
    PICTURE = "picture"
    DOCUMENT = "document"
    ARCHIVE = "archive"
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


_PHRASES: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.NO_ACCESS: "打不开，可能正被别的程序占用、没有权限或已被移走",
        Reason.EMPTY: "是空文件，里面什么都没有，可能没有传完",
        Reason.TOO_BIG: "太大，超出一份填报表应有的大小",
        Reason.PASSWORD: "设了打开密码",
        Reason.XLS: "实际是旧版 .xls 或 WPS 的 .et 格式",
        Reason.XLSB: "实际是二进制 .xlsb 格式",
        Reason.ODS: "实际是 OpenDocument（.ods 等）格式",
        Reason.XML_2003: "实际是 XML 表格 2003 格式",
        Reason.HTML: "实际是网页，不是工作簿",
        Reason.TEXT: "实际是文本或 CSV，不是工作簿",
        Reason.PDF: "实际是 PDF，不是工作簿",
        Reason.PICTURE: "实际是图片，不是工作簿",
        Reason.DOCUMENT: "实际是文字文档或演示文稿，不是工作簿",
        Reason.ARCHIVE: "实际是压缩包，请解压后把里面的表逐个报送",
        Reason.STRICT: "是“Strict Open XML”格式",
        Reason.UNKNOWN: "不是工作簿，认不出是什么文件",
        Reason.DAMAGED: "已损坏或没有传完整",
        Reason.UNSAFE: "内部结构异常，为安全起见没有打开",
        Reason.TOO_WIDE: "有数据的区域太大，超出一份填报表应有的行数、列数或单元格数",
        Reason.TOO_MANY_MERGES: "合并单元格或超链接的范围太大",
        Reason.NO_SHEETS: "里面没有工作表",
        Reason.DISAGREE: "两种方法读出的内容不一致",
        Reason.CRASHED: "读取时出错或超时",
    }
)


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
    return f"{_PHRASES[reason]}：{where}" if where else _PHRASES[reason]
