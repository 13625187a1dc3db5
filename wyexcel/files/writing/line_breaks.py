"""Where a line of Chinese text may not break (避头尾): at marks, and within a number and its unit.

Word and WPS read the two lists from the document; LibreOffice reads them from its profile. A list
of one's own takes the place of the program's, so that theirs is repeated here.
"""

from typing import Final
from xml.sax.saxutils import escape

_MARKS_NOT_FIRST: Final = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞"
    "！＂％＇），．：；？］｀｜｝～￠"
)
_MARKS_NOT_LAST: Final = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"

NOT_FIRST: Final = _MARKS_NOT_FIRST + "元"
"""What may not begin a line: the second character of 亿元 and 万元 among it."""
NOT_LAST: Final = _MARKS_NOT_LAST + "0123456789."
"""What may not end a line: digits among it, so that 17.60亿元 and 73.3% stay whole."""

LANGUAGE: Final = "zh-CN"

LIBREOFFICE_SETTING: Final = (
    '<item oor:path="/org.openoffice.Office.Common/AsianLayout/StartEndCharacters">'
    f'<node oor:name="{LANGUAGE}" oor:op="replace">'
    f'<prop oor:name="StartCharacters" oor:op="fuse"><value>{escape(NOT_FIRST)}</value></prop>'
    f'<prop oor:name="EndCharacters" oor:op="fuse"><value>{escape(NOT_LAST)}</value></prop>'
    "</node></item>"
)
"""The same two lists for the profile of LibreOffice."""
