Attribute VB_Name = "WyButtons"
Option Explicit

' The doorbell of wyexcel: one Sub a button, one ribbon callback, no logic.
' ASCII only: the VBA editor stores text in the code page of the machine.

Public Sub WyIssue(): WyRun "issue": End Sub
Public Sub WyCheck(): WyRun "check": End Sub
Public Sub WyReturn(): WyRun "return": End Sub
Public Sub WyMerge(): WyRun "merge": End Sub
Public Sub WyAssess(): WyRun "assess": End Sub
Public Sub WyBulletin(): WyRun "bulletin": End Sub
Public Sub WyPreview(): WyRun "preview": End Sub
Public Sub WyOpenFolder(): WyRun "folder": End Sub
Public Sub WyUndo(): WyRun "undo": End Sub

Public Sub WyOnAction(control As Object)
    WyRun control.Tag
End Sub

Private Sub WyRun(ByVal action As String)
    On Error GoTo Missing
    If InStr(1, Application.OperatingSystem, "Unix") > 0 Then
        Shell "/bin/sh -c 'exec ""${WYEXCEL:-$HOME/.local/bin/wyexcel}"" button " & action & " --engine libreoffice'", 0
    Else
        Application.Run "wyexcel.xlam!WyRunPython", action
    End If
    Exit Sub
Missing:
    MsgBox WyMissing(), vbExclamation, "wyexcel"
End Sub

' "wyexcel is not installed on this computer. Run wyexcel office install, then try again."
Private Function WyMissing() As String
    WyMissing = "wyexcel " & WySay(Array(&H8FD8, &H6CA1, &H6709, &H88C5, &H5728, &H8FD9, &H53F0, &H7535, &H8111, &H4E0A, &H3002))
    WyMissing = WyMissing & WySay(Array(&H8BF7, &H5148, &H8FD0, &H884C)) & " wyexcel office install"
    WyMissing = WyMissing & WySay(Array(&HFF0C, &H518D, &H91CD, &H65B0, &H6253, &H5F00, &H672C, &H5DE5, &H4F5C, &H7C3F, &H3002))
End Function

Private Function WySay(ByVal codes As Variant) As String
    Dim code As Variant
    For Each code In codes
        WySay = WySay & ChrW(code)
    Next code
End Function
