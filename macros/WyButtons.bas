Attribute VB_Name = "WyButtons"
Option Explicit

' The doorbell of wyexcel: one Sub a button, one ribbon callback, no logic.
' ASCII only, for the VBA editor stores text in the code page of the machine:
' what to do where wyexcel is missing is said in Chinese in a cell of the desk.
' No Sub on one line: LibreOffice leaves those out when it opens the workbook.

Public Sub WyIssue()
    WyRun "issue"
End Sub

Public Sub WyCheck()
    WyRun "check"
End Sub

Public Sub WyReturn()
    WyRun "return"
End Sub

Public Sub WyMerge()
    WyRun "merge"
End Sub

Public Sub WyAssess()
    WyRun "assess"
End Sub

Public Sub WyBulletin()
    WyRun "bulletin"
End Sub

Public Sub WyPreview()
    WyRun "preview"
End Sub

Public Sub WyOpenFolder()
    WyRun "folder"
End Sub

Public Sub WyUndo()
    WyRun "undo"
End Sub

Public Sub WyOnAction(control As Object)
    WyRun control.Tag
End Sub

Private Sub WyRun(ByVal action As String)
    On Error GoTo Missing
    If InStr(1, Application.OperatingSystem, "Unix") > 0 Then
        WyFind
        Shell "/bin/sh -c '""${WYEXCEL:-$HOME/.local/bin/wyexcel}"" button " & action & " --engine libreoffice'", 0
    Else
        Application.Run "wyexcel.xlam!WyRunPython", action
    End If
    Exit Sub
Missing:
    MsgBox Sheet1.Range("A2").Value, vbExclamation, "wyexcel"
End Sub

' Raises error 53 (file not found) where wyexcel is not installed.
Private Sub WyFind()
    Dim program As String
    program = Environ("WYEXCEL")
    If program = "" Then program = Environ("HOME") & "/.local/bin/wyexcel"
    If Dir(program) = "" Then Err.Raise 53
End Sub
