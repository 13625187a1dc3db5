"""A VBA project (vbaProject.bin) made from text, the same bytes every time (MS-OVBA)."""

from wyexcel.files.writing.vba.module import Module, read_module
from wyexcel.files.writing.vba.project import Project, in_workbook

__all__ = ["Module", "Project", "in_workbook", "read_module"]
