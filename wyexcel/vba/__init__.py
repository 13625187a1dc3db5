"""A VBA project (vbaProject.bin) made from text, the same bytes every time (MS-OVBA)."""

from wyexcel.vba.module import Module, read
from wyexcel.vba.project import Project, in_workbook

__all__ = ["Module", "Project", "in_workbook", "read"]
