Attribute VB_Name = "WyAddin"
Option Explicit

' What the add-in adds: its ribbon's callback, and the Sub that every workbook's buttons call.
' ASCII only: the VBA editor stores text in the code page of the machine.

Public Sub WyOnAction(control As Object)
    WyRunPython control.Tag
End Sub

' Late bound, so that a workbook needs no reference: Application.Run "wyexcel.xlam!WyRunPython", "check"
Public Sub WyRunPython(ByVal action As String)
    If ActiveWorkbook Is Nothing Or action Like "*[!a-z]*" Then Exit Sub
    RunPython "from wyexcel.desktop import excel_button;excel_button.run('" & action & "')"
End Sub
