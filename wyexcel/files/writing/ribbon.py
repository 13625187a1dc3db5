"""The ribbon tab of a workbook: one more part in its container (customUI 14)."""

import io
import zipfile
from typing import Final

PART: Final = "customUI/customUI14.xml"
_RELATIONSHIP: Final = (
    '<Relationship Id="rIdCustomUI14" '
    'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{PART}"/>'
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def inject(workbook: bytes, tab: str) -> bytes:
    """*workbook* with the ribbon that *tab* describes; every other part stays as it is."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "_rels/.rels":
                end = b"</Relationships>"
                data = data.replace(end, _RELATIONSHIP.encode() + end)
            new.writestr(part, data, zipfile.ZIP_DEFLATED)
        new.writestr(zipfile.ZipInfo(PART, _EPOCH), tab.encode(), zipfile.ZIP_DEFLATED)
    return content.getvalue()
