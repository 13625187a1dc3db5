"""What wyexcel raises when it cannot do what was asked.

Each message is one Chinese sentence that says where, what, and what to do: it is shown as it
stands to the person at the keyboard (exit code 2). What is wrong with somebody's numbers is never
raised; that is a `Finding`.
"""


class WyexcelError(Exception):
    """The base of every error that is raised on purpose."""


class BadPeriod(WyexcelError):
    """A period that is not written as one, or that the plan does not cover."""


class BadPlan(WyexcelError):
    """The plan contradicts itself, or a plan sheet of the master cannot be understood."""


class NotAWorkspace(WyexcelError):
    """The folder has no master workbook, or the master lacks a sheet."""


class NothingToDo(WyexcelError):
    """The inbox or the archive holds no file for the command."""


class CannotRead(WyexcelError):
    """A file or folder that must be read cannot be."""


class CannotWrite(WyexcelError):
    """A file or folder that must be written cannot be; what stood there before still stands."""


class ClosedPeriod(WyexcelError):
    """A period that was published (定稿) would be changed without a revision."""


class NotDone(WyexcelError):
    """A button could not do its work; the sentence was already shown in the open workbook."""
