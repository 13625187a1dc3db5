@echo off
chcp 65001 >nul
setlocal
pushd "%~dp0"
type season.txt
set "RUN=%LOCALAPPDATA%\wyexcel\Scripts\wyexcel.exe"
if not exist "%RUN%" set "RUN=wyexcel.exe"
set "PERIOD="
set /p "PERIOD=> "
"%RUN%" run "%PERIOD%"
popd
pause
