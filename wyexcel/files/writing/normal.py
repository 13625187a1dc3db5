"""The style that every cell begins with (常规), and the measure of columns that follows from it."""

from typing import Final

NORMAL_FONT: Final = "宋体"
NORMAL_SIZE: Final = 11
DIGIT_PIXELS: Final = 8
"""The widest digit of the Normal font (宋体 11) at 96 dpi; column widths are counted in it."""
PADDING_PIXELS: Final = 5
