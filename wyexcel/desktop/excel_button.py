"""A button of Excel pressed: the function that the macro of the add-in calls (RunPython)."""

from typing import TYPE_CHECKING

from wyexcel.desktop import message_window
from wyexcel.files import crash_log

if TYPE_CHECKING:
    import xlwings as xw


def run(action: str, book: "xw.Book | None" = None) -> str:
    """Do what the button *action* says in *book*, or in the workbook whose button was pressed.

    Returns the message that was shown where it could not be done, else "". Where not
    even xlwings can be loaded, a window of the system's own says so: left to itself the add-in
    would put the traceback on a new sheet of the workbook in front.
    """
    try:
        from wyexcel.desktop.addin import click  # noqa: PLC0415 - it can fail, and that must be said
    except Exception as error:  # noqa: BLE001 - whatever a damaged installation raises
        sentence = crash_log.crash_sentence(error)
        message_window.show(sentence)
        return sentence
    return click.perform(action, book)
