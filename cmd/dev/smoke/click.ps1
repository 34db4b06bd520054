# Clicks a place of the window of a process, in pixels from its content's left and top.
param([int]$Process, [int]$X, [int]$Y)
$ErrorActionPreference = 'Stop'
Add-Type -Namespace Own -Name Hand -MemberDefinition @'
[StructLayout(LayoutKind.Sequential)] public struct Place { public int X; public int Y; }
[DllImport("user32.dll")] public static extern bool SetProcessDPIAware();
[DllImport("user32.dll")] public static extern bool SetForegroundWindow(IntPtr window);
[DllImport("user32.dll")] public static extern bool ClientToScreen(IntPtr window, ref Place place);
[DllImport("user32.dll")] public static extern bool SetCursorPos(int x, int y);
[DllImport("user32.dll")] public static extern void mouse_event(uint what, uint x, uint y, uint data, UIntPtr extra);
'@
[void][Own.Hand]::SetProcessDPIAware()
$window = (Get-Process -Id $Process).MainWindowHandle
if ($window -eq [IntPtr]::Zero) { throw "the process $Process has no window" }
[void][Own.Hand]::SetForegroundWindow($window)
$place = New-Object Own.Hand+Place
$place.X = $X
$place.Y = $Y
if (-not [Own.Hand]::ClientToScreen($window, [ref]$place)) { throw 'the window is gone' }
[void][Own.Hand]::SetCursorPos($place.X, $place.Y)
Start-Sleep -Milliseconds 200
[Own.Hand]::mouse_event(2, 0, 0, 0, [UIntPtr]::Zero)
[Own.Hand]::mouse_event(4, 0, 0, 0, [UIntPtr]::Zero)
