@echo off
rem The command line of the installed app: our own Node runs it, whatever else is on this machine.
"%~dp0..\node\node.exe" "%~dp0..\app.asar.unpacked\build\main\cli\birret.js" %*
