"""A number that its cell shows as another one."""


class Percentage(float):
    """A number that is shown as a hundred times as many percent: 0.85 as 85%."""
