; Inno Setup 6 or newer: one installer for everybody on the machine; /VERYSILENT for whoever rolls it out.
#define Name "智慧研修"

[Setup]
AppId={{7C0D5A0E-5B5C-4C55-9D0B-2C5E0B7A52C1}
AppName={#Name}
AppVersion={#Version}
DefaultDirName={autopf}\Yanxiu
DisableProgramGroupPage=yes
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir={#Out}
OutputBaseFilename=yanxiu-desktop-{#Version}
Compression=lzma2
SolidCompression=yes
UninstallDisplayIcon={app}\Yanxiu.exe

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
; What the county has changed is kept when a new version is installed.
Source: "{#File}"; DestDir: "{commonappdata}\Yanxiu"; Flags: onlyifdoesntexist uninsneveruninstall

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\Yanxiu.exe"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\Yanxiu.exe"

[Run]
Filename: "{app}\Yanxiu.exe"; Flags: nowait postinstall skipifsilent
