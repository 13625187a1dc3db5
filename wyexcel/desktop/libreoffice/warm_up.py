"""The UNO interfaces that a click will use, looked up while it has to wait for LibreOffice anyway.

For the first object of a kind `pyuno` looks up every method of its interfaces, which takes several
times as long as the call that returned it. What a LibreOffice does not have is left out.
"""

from contextlib import suppress
from typing import Any, Final

from wyexcel.desktop.libreoffice.uno import uno

_VIEW: Final = (
    *("awt.XUserInputInterception", "datatransfer.XTransferableSupplier", "frame.XController2"),
    *("frame.XControllerBorder", "frame.XDispatchInformationProvider", "frame.XDispatchProvider"),
    *("frame.XInfobarProvider", "sheet.XActivationBroadcaster", "sheet.XCellRangeReferrer"),
    *("sheet.XEnhancedMouseClickBroadcaster", "sheet.XRangeSelection", "sheet.XSpreadsheetView"),
    *("sheet.XViewFreezable", "sheet.XViewPane", "sheet.XViewSplitable"),
    *("task.XStatusIndicatorSupplier", "ui.XContextMenuInterception", "view.XFormLayerAccess"),
    "view.XSelectionSupplier",
)
_WINDOW: Final = (
    *("awt.XFocusListener", "awt.XTopWindowListener", "awt.XWindowListener"),
    *("frame.XComponentLoader", "frame.XFrame2", "accessibility.XAccessible", "awt.XDevice"),
    *("awt.XDockableWindow", "awt.XLayoutConstrains", "awt.XStyleSettingsSupplier"),
    *("awt.XSystemDependentWindowPeer", "awt.XTopWindow2", "awt.XUnitConversion"),
    *("awt.XVclContainer", "awt.XVclContainerPeer", "awt.XVclWindowPeer", "awt.XView"),
    *("awt.XWindow2", "awt.XToolkitExperimental", "awt.XToolkitRobot", "awt.XMessageBox"),
)
_SHEET: Final = (
    *("container.XNamed", "drawing.XDrawPageSupplier", "sheet.XCellRangeMovement"),
    *("sheet.XDataPilotTablesSupplier", "sheet.XExternalSheetName", "sheet.XPrintAreas"),
    *("sheet.XScenario", "sheet.XScenarioEnhanced", "sheet.XScenariosSupplier"),
    *("sheet.XSheetAnnotationsSupplier", "sheet.XSheetAuditing", "sheet.XSheetLinkable"),
    *("sheet.XSheetOutline", "sheet.XSheetPageBreak", "sheet.XSpreadsheet"),
    *("table.XTableChartsSupplier", "table.XTablePivotChartsSupplier"),
    *("sheet.XSheetCellCursor", "sheet.XUsedAreaCursor", "table.XCellCursor"),
    *("table.XTableRows", "sheet.XNamedRanges", "util.XNumberFormatTypes", "util.XNumberFormats"),
)
_CELL: Final = (
    *("sheet.XCellAddressable", "sheet.XFormulaTokens", "sheet.XSheetAnnotationAnchor"),
    *("table.XCell", "table.XCell2", "text.XText", "text.XTextFieldsSupplier", "text.XTextField"),
    *("beans.XMultiPropertyStates", "text.XTextCursor", "text.XTextRange"),
    "text.XTextRangeCompare",
)
NAMES: Final = (*_VIEW, *_WINDOW, *_SHEET, *_CELL)
"""Interfaces, `com.sun.star.` left away."""


def look_up_interfaces() -> None:
    """Make `pyuno` look up every interface of `NAMES`; it keeps them for this process."""
    interfaces = reflection()
    for name in NAMES:
        with suppress(Exception):
            interfaces.forName(f"com.sun.star.{name}").getMethods()


def reflection() -> Any:
    """UNO's own service that finds an interface by its name."""
    local = uno().getComponentContext()
    service = "com.sun.star.reflection.CoreReflection"
    return local.ServiceManager.createInstanceWithContext(service, local)
