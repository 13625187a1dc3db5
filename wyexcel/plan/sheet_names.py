"""The names of the plan sheets: a click asks for them before it loads anything else."""

from enum import StrEnum


class PlanSheet(StrEnum):
    """The sheets of the master that hold the plan and that the office edits."""

    TARGETS = "目标任务表"
    DEFINITIONS = "指标口径"
    UNITS = "责任单位"
    PARKS = "园区"
    TASKS = "重点任务"
    GIVEN = "基期与分解"
    AGREED = "核定值"
    BANDS = "判定规则"
    SETTINGS = "设置"
