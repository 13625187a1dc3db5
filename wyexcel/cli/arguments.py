"""What was asked for on the command line, and the help that says how to ask."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple

from wyexcel.errors import WyexcelError

HELP: Final = """\
wyexcel：工业园区目标任务的下发、校验、汇总、判定和季度通报

用法：wyexcel [-C 工作目录] 命令 [报告期] [选项]

命令：
  demo [目录]              用虚构数据演示完整的一季（2025-09，标“示例数据”）
  rehearse 目录            演练：新建一个满是错误的练习目录（标“演练数据”），附答案.xlsx
  init [目录]              新建工作目录：master.xlsm（主工作簿）和正式目标任务
  issue 报告期             下发：生成各单位填报表，已知的上期、上年同期自动带出
  check 报告期 [文件…]     校验：检查“报送”文件夹（或所给文件），列出问题
  return 报告期            退回：有问题的退回件、退回单，没报的催报单，要说明的核实单
  merge 报告期             合并：合格的归档，生成台账、汇总、差异核对
  assess 报告期            判定：逐项指标对照时序或季度计划
  bulletin 报告期          通报：生成季度通报（xlsx；有 LibreOffice 时另出 pdf）和督办单
  run 报告期               依次做完 check、return、merge、assess、bulletin
  close 报告期             定稿：通报以后锁定这一期的数，以后改动须走修订
  revise 报告期            修订：已定稿的数要改时用，须写 --by 和 --why，再 merge、bulletin、close
  proof 报告期             打印校样：看印出来的通报有没有切字、####、落款单独成页等毛病
  verify 报告期            核验：从归档重做已定稿的通报，说明和签发的有没有不同
  ledger [报告期]          台账：归档的每个数一行，写进 --csv 的文件（不写报告期是全部各期）
  backup [文件]            备份：整个工作目录做成一个 zip（不写文件名放在“备份”里）
  restore 备份文件 目录    恢复：把整体备份放进一个新的文件夹，逐个文件核对
  button 按钮              在打开着的主工作簿里做，同点按钮一样（按钮由宏调用，一般不用手敲）
  office install           给本机的 Excel 装按钮加载项（当前用户，不需要管理员权限）
  office uninstall         卸下加载项
  office doctor            检查从按钮到结果的每个环节，说明哪里断了、怎么修
  office bundle 文件夹     做一个离线安装文件夹（Windows，拷到 U 盘）

报告期写成 2025-09（1—9月累计）或 2025Q3，两种写法相同。

选项：
  -C 工作目录              在哪个工作目录里做；不写就是当前文件夹
  --by 姓名                close、revise：谁定稿、谁修订（close 不写时为汇总单位）
  --why 原因               revise：为什么修订
  --csv 文件               ledger：写到哪个文件（UTF-8，Excel 能直接打开）
  --json 文件              把结果另存为 JSON；文件写 - 时只输出 JSON
  --quiet                  不显示过程和结果，只报错
  --engine libreoffice     button 用的表格程序（Excel 里的按钮由加载项调用，不经过命令行）
  --fault 规则…            rehearse 只做这几条规则的错，例如 --fault V02 P01；不写就是全部
  -h, --help               显示本说明
  --version                显示版本

退出码：0 做完，没有阻、错；1 做完，但有阻或错要改；2 没做成，屏幕上有一句话说明怎么办。
"""

BUTTONS: Final = (
    *("issue", "check", "return", "merge", "assess", "bulletin"),
    *("preview", "folder", "undo"),
)
OFFICE: Final = ("install", "uninstall", "doctor", "bundle")
ENGINES: Final = ("libreoffice",)

NEED_PERIOD: Final = frozenset(
    {
        "issue",
        "check",
        "return",
        "merge",
        "assess",
        "bulletin",
        "run",
        "close",
        "revise",
        "verify",
        "proof",
    }
)
COMMANDS_WITH: Final[Mapping[str, frozenset[str]]] = {
    "--by": frozenset({"close", "revise"}),
    "--why": frozenset({"revise"}),
    "--csv": frozenset({"ledger"}),
}
"""The commands that have an option, by the option."""

MOST_WORDS: Final[Mapping[str, int]] = {
    "demo": 1,
    "init": 1,
    "rehearse": 1,
    "check": 10_000,
    "ledger": 1,
    "backup": 1,
    "restore": 2,
    "button": 1,
    "office": 2,
}


class Misused(WyexcelError):
    """The command line does not follow the help."""


class Request(NamedTuple):
    """One command with its words and options; `answer` is where the JSON goes, "-" the screen.

    `engine` is the spreadsheet program whose button it is, `by` who closes or revises, and `why`;
    `faults` are the mistakes to rehearse, `csv` the file for the ledger.
    """

    command: str = "help"
    words: tuple[str, ...] = ()
    workspace: Path = Path()
    answer: str = ""
    quiet: bool = False
    engine: str = ENGINES[0]
    by: str = ""
    why: str = ""
    csv: str = ""
    faults: tuple[str, ...] = ()

    @property
    def talks(self) -> bool:
        """Whether a person reads what is printed."""
        return not self.quiet and self.answer != "-"


def parse(arguments: Sequence[str]) -> Request:
    """Read a command line; raise Misused with a sentence where it cannot be understood.

    >>> parse(["-C", "d", "check", "2025Q3", "--json", "-"]).words
    ('2025Q3',)
    """
    others, codes = _without_faults(arguments)
    request, words, rest = Request(), list[str](), iter(_split(others))
    for word in rest:
        if word in {"-h", "--help"}:
            return Request(command="help")
        if word == "--version":
            return Request(command="version")
        if word == "--quiet":
            request = request._replace(quiet=True)
        elif word == "-C":
            request = request._replace(workspace=Path(_value(word, rest)))
        elif word == "--json":
            request = request._replace(answer=_value(word, rest))
        elif word == "--engine":
            request = request._replace(engine=_one_of(ENGINES, word, _value(word, rest)))
        elif word in COMMANDS_WITH:
            request = _with_option(request, word, _value(word, rest).strip())
        elif word.startswith("-"):
            message = f"不认识选项“{word}”。运行 wyexcel --help 查看用法。"
            raise Misused(message)
        else:
            words.append(word)
    return _complete(_with_faults(request, words, codes), words)


def _without_faults(arguments: Sequence[str]) -> tuple[Sequence[str], Sequence[str] | None]:
    """*arguments* without `--fault` and its codes, and the codes; None where it is not there."""
    if "--fault" not in arguments:
        return arguments, None
    at = arguments.index("--fault")
    codes = list(takewhile(lambda word: not word.startswith("-"), arguments[at + 1 :]))
    return [*arguments[:at], *arguments[at + 1 + len(codes) :]], codes


def _with_faults(request: Request, words: Sequence[str], codes: Sequence[str] | None) -> Request:
    """*request* with the *codes* of `--fault`; raise Misused where it is not a rehearsal."""
    if codes is not None and words[:1] != ["rehearse"]:
        message = "只有“rehearse 目录”有选项“--fault”，例如：wyexcel rehearse 演练 --fault V02 P01"
        raise Misused(message)
    if codes is not None and not codes:
        message = "“--fault”后面要写规则代码，例如：wyexcel rehearse 演练 --fault V02 P01"
        raise Misused(message)
    return request._replace(faults=tuple(codes or ()))


def _with_option(request: Request, option: str, value: str) -> Request:
    """*request* with the *value* of an option of COMMANDS_WITH."""
    match option:
        case "--by":
            return request._replace(by=value)
        case "--why":
            return request._replace(why=value)
        case _:
            return request._replace(csv=value)


def _split(arguments: Sequence[str]) -> Iterator[str]:
    """`--json=FILE` as two words, and so every option of COMMANDS_WITH."""
    for argument in arguments:
        option, sign, value = argument.partition("=")
        yield from (option, value) if sign and option in {"--json", *COMMANDS_WITH} else (argument,)


def _value(option: str, rest: Iterator[str]) -> str:
    """The word after *option*; raise Misused where there is none."""
    value = next(rest, "")
    if not value:
        message = f"选项“{option}”后面少了内容。运行 wyexcel --help 查看用法。"
        raise Misused(message)
    return value


def _one_of(choices: Sequence[str], what: str, word: str) -> str:
    """*word*, the one after *what*; raise Misused where it is none of *choices*."""
    if word not in choices:
        message = f"“{what}”后面要写 {'、'.join(choices)} 之一，不认识“{word}”。"
        raise Misused(message)
    return word


def _complete(request: Request, words: Sequence[str]) -> Request:
    """*request* with the command and its words; raise Misused where they do not fit."""
    if not words:
        return request
    command, *others = words
    if command not in NEED_PERIOD and command not in MOST_WORDS:
        message = f"没有“{command}”这个命令。运行 wyexcel --help 查看全部命令。"
        raise Misused(message)
    if command in NEED_PERIOD and not others:
        message = f"命令“{command}”后面要写报告期，例如：wyexcel {command} 2025-09"
        raise Misused(message)
    if command == "rehearse" and not others:
        message = "命令“rehearse”后面要写一个新目录，例如：wyexcel rehearse 演练"
        raise Misused(message)
    if command == "restore" and len(others) < MOST_WORDS[command]:
        message = "“restore”后面要写备份文件和一个新目录，例如：wyexcel restore 备份.zip 恢复的目录"
        raise Misused(message)
    if command == "button":
        _one_of(BUTTONS, command, others[0] if others else "")
    if command == "office":
        _check_office(others)
    _check_options(request, command)
    if len(others) > MOST_WORDS.get(command, 1):
        message = f"命令“{command}”后面多了“{others[-1]}”。运行 wyexcel --help 查看用法。"
        raise Misused(message)
    return request._replace(command=command, words=tuple(others))


def _check_options(request: Request, command: str) -> None:
    """Raise Misused where an option is missing, or given to a command that ignores it."""
    values = {"--by": request.by, "--why": request.why, "--csv": request.csv}
    for option, commands in COMMANDS_WITH.items():
        if values[option] and command not in commands:
            message = f"命令“{command}”没有选项“{option}”。运行 wyexcel --help 查看用法。"
            raise Misused(message)
    if command == "ledger" and not request.csv:
        message = "“ledger”要写明写到哪个文件，例如：wyexcel ledger --csv 台账.csv"
        raise Misused(message)
    if command == "revise" and not (request.by and request.why):
        message = (
            "“revise”要写明谁修订、为什么，例如："
            "wyexcel revise 2025-03 --by 张三 --why 统计局核减产值"
        )
        raise Misused(message)


def _check_office(words: Sequence[str]) -> None:
    """Raise Misused unless only `bundle` has a second word."""
    word = _one_of(OFFICE, "office", words[0] if words else "")
    if word == "bundle" and len(words) == 1:
        message = "“office bundle”后面要写一个新文件夹，例如：wyexcel office bundle 离线安装"
        raise Misused(message)
    if word != "bundle" and len(words) > 1:
        message = f"“office {word}”后面多了“{words[1]}”。运行 wyexcel --help 查看用法。"
        raise Misused(message)
