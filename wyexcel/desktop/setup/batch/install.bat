@echo off
chcp 65001 >nul
setlocal
set "HERE=%~dp0"
set "TARGET=%LOCALAPPDATA%\wyexcel"
type "%HERE%install.txt"
set "PYTHON="
call :find
if not defined PYTHON (
  for %%F in ("%HERE%python\python-3.12*.exe") do start /wait "" "%%~F" /quiet InstallAllUsers=0 PrependPath=0
  call :find
)
if not defined PYTHON (
  type "%HERE%no-python.txt"
  goto failed
)
%PYTHON% -m venv "%TARGET%" || goto failed
"%TARGET%\Scripts\python.exe" -m pip install --quiet --no-index --find-links "%HERE%wheels" --upgrade wyexcel pywin32 || goto failed
"%TARGET%\Scripts\python.exe" -m pip install --quiet --no-index --find-links "%HERE%wheels" --no-deps --force-reinstall wyexcel || goto failed
"%TARGET%\Scripts\wyexcel.exe" -C "%HERE%workspace" office install || goto failed
"%TARGET%\Scripts\wyexcel.exe" -C "%HERE%workspace" office doctor
pause
exit /b 0

:failed
pause
exit /b 1

:find
py -3.12 -c "import sys; sys.exit('WindowsApps' in sys.executable + sys.base_prefix)" >nul 2>nul && set "PYTHON=py -3.12"
if not defined PYTHON if exist "%LOCALAPPDATA%\Programs\Python\Python312\python.exe" set PYTHON="%LOCALAPPDATA%\Programs\Python\Python312\python.exe"
exit /b 0
