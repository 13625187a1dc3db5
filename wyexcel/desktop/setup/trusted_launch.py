"""xlwings' VBA without what lets the workbook in front choose the program that a button starts.

As it is shipped, RunPython takes the interpreter, PYTHONPATH and Conda from a sheet of the active
workbook, then from a file in that workbook's folder, and only then from the user's own settings;
a sheet `*.py` is run as a program. Buttons are pressed on received forms, so these lookups go.
"""

import re
from typing import Final, NamedTuple

from wyexcel.errors import CannotRead


class _Edit(NamedTuple):
    """A text of xlwings' VBA that stands there `times` times, and what is put in its place."""

    old: str
    new: str
    times: int = 1


_SHEET_OF_ACTIVE_WORKBOOK: Final = """\
            'Workbook Sheet Config
            If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then
                If GetConfigFromSheet(ActiveWorkbook).Exists(configKey) = True Then
                    GetConfig = GetConfigFromSheet(ActiveWorkbook).Item(configKey)
                    GetConfig = ExpandEnvironmentStrings(GetConfig)
                    Exit Function
                End If
            End If
"""
_FILE_IN_ITS_FOLDER: Final = """\
    ' Directory Config
    If source = "" Or source = "directory" Then
        #If App = "Microsoft Excel" Then
            If GetFullName(ActiveWorkbook) <> "" Then ' Empty if local dir can't be figured out\
 (e.g. SharePoint)
        #Else
            If InStr(GetDirectoryPath(), "://") = 0 Then ' Other Office apps: skip for synced\
 SharePoint/OneDrive files
        #End If
            If FileExists(GetDirectoryConfigFilePath()) = True Then
                If GetConfigFromFile(GetDirectoryConfigFilePath(), configKey, configValue) Then
                    GetConfig = configValue
                    GetConfig = ExpandEnvironmentStrings(GetConfig)
                    Exit Function
                End If
            End If
        End If
    End If
"""
_NAME_OF_THAT_FILE: Final = """\
    GetDirectoryConfigFilePath = GetDirectoryPath(ActiveWorkbook) & pathSeparator\
 & PROJECT_NAME & ".conf"
"""
_SHEETS_WITH_PROGRAMS: Final = """\
    For i = 1 To 2
        If i = 1 Then
            Set wb = ActiveWorkbook
        Else
            Set wb = ThisWorkbook
        End If
        For Each sht In wb.Worksheets
            If Right$(sht.Name, 3) = ".py" Then
                uses_embedded_code = True
                Exit For
            End If
        Next
    Next i
"""
_SHEETS_WITH_FUNCTIONS: Final = """\
    For Each sht In wb.Worksheets
        If Right$(sht.Name, 3) = ".py" Then
            If GetUdfModules = "" Then
                GetUdfModules = Left$(sht.Name, Len(sht.Name) - 3)
            Else
                GetUdfModules = GetUdfModules & ";" & Left$(sht.Name, Len(sht.Name) - 3)
            End If
        End If
    Next
"""
_MODULE_NAMED_LIKE_THE_WORKBOOK: Final = """\
    If GetUdfModules = "" Then
        GetUdfModules = Left$(wb.Name, Len(wb.Name) - 5) ' assume that it ends in .xls*
    End If
"""

_EDITS: Final = (
    _Edit(_SHEET_OF_ACTIVE_WORKBOOK, ""),
    _Edit(_FILE_IN_ITS_FOLDER, ""),
    _Edit(_NAME_OF_THAT_FILE, ""),
    _Edit(_SHEETS_WITH_PROGRAMS, ""),
    _Edit(_SHEETS_WITH_FUNCTIONS, ""),
    _Edit(_MODULE_NAMED_LIKE_THE_WORKBOOK, ""),
    # its folder is no place for modules, and its path no part of the command
    _Edit('GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")', '"false"', times=2),
    _Edit(
        'AddExcelDir & ";" & ActiveFullName & ";" & ThisFullName & ";"', 'AddExcelDir & ";;;"', 2
    ),
    _Edit(
        'AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ";"',
        'AddExcelDir & ";;;"',
    ),
    # a bare name would be looked for in the folder of the workbook first
    _Edit('GetConfig("INTERPRETER", "python")', 'GetConfig("INTERPRETER", "")'),
    _Edit('GetConfig("INTERPRETER", "pythonw")', 'GetConfig("INTERPRETER", "")', times=2),
)

_LOOKUP: Final = re.compile(
    r"GetConfigFromSheet\((?!ThisWorkbook\)|wb As Workbook\))"
    r'|SheetExists\(ActiveWorkbook, (?!"Error"\))'
    r"|GetConfigFromFile\((?!GetConfigFilePath\(\), |sFile As String, )"
    r"|GetDirectoryPath\(ActiveWorkbook"
    r'|"\.py"|ADD_WORKBOOK_TO_PYTHONPATH'
)
"""What would take a setting or a program from anywhere but the add-in and the user's own file."""

_UNSAFE: Final = (
    "安装的 xlwings 与本程序不配套（{what}），做出来的加载项可能让填报表决定运行什么程序，"
    "所以没有做。请重新安装 wyexcel。"
)


def without_lookups(module: str) -> str:
    """The text of xlwings' *module*, which then takes settings from the add-in and its user alone.

    Raises CannotRead where the module is not the one that is known: nothing is left in it unseen.
    """
    for old, new, times in _EDITS:
        if module.count(old) != times:
            first = old.strip().partition("\n")[0]
            raise CannotRead(_UNSAFE.format(what=f"找不到要去掉的“{first}”"))
        module = module.replace(old, new)
    if left := _LOOKUP.search(module):
        raise CannotRead(_UNSAFE.format(what=f"还有“{left.group()}”"))
    return module
