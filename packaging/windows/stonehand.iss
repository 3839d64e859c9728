; The installer for Windows, made by Inno Setup 6.4 or later. `dev.py build windows` runs it with
; what is different in each version: see packaging/build/windows.py.
;
;   /DVersion=1.2.3    /DSource=folder of the program    /DOutput=folder of the installer
;   /DIcon=file.ico    /DTypes=file with the kinds of files that the program opens
;   /DSigned, and /Sstonehand=command, where there is a certificate

#define Name "Stonehand"
#define Window "stonehandw.exe"
#define Console "stonehand.exe"

[Setup]
; Never changes: by it a later version finds the one it replaces.
AppId={{01C25ADD-4BBC-4243-8C0A-3161C645EDDB}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher=The Stonehand authors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
DisableDirPage=auto
; For one person, so that nobody has to be an administrator; who is may choose everybody.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Windows 10 1809, the oldest that Qt 6.11 runs on.
MinVersion=10.0.17763
; A window that is open is asked to close; what is typed in it is in the journal.
CloseApplications=yes
RestartApplications=no
ChangesAssociations=yes
ChangesEnvironment=yes
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\{#Window}
UninstallDisplayName={#Name}
OutputDir={#Output}
OutputBaseFilename={#Name}-{#Version}-windows-x64
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
#ifdef Signed
SignTool=stonehand
SignedUninstaller=yes
#endif

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "arabic"; MessagesFile: "compiler:Languages\Arabic.isl"

[CustomMessages]
english.AddToPath=Let terminals find the command “stonehand”
arabic.AddToPath=إتاحة الأمر «stonehand» في الطرفية
english.OpenDesk=Open in Stonehand
arabic.OpenDesk=فتح في Stonehand

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "path"; Description: "{cm:AddToPath}"; Flags: unchecked

[InstallDelete]
; Libraries of the version before: a module that is left over could be found first.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Window}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Window}"; Tasks: desktopicon

[Registry]
; The program, as Explorer lists it under “Open with”.
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\{#Console}"; ValueType: string; ValueData: "{app}\{#Console}"; Flags: uninsdeletekey
; A desk is a folder: the menu of folders whose names end in .desk opens it.
Root: HKA; Subkey: "Software\Classes\Directory\shell\{#Name}"; ValueType: string; ValueData: "{cm:OpenDesk}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\{#Name}"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\{#Window}"
Root: HKA; Subkey: "Software\Classes\Directory\shell\{#Name}"; ValueType: string; ValueName: "AppliesTo"; ValueData: "System.FileName:""*.desk"""
Root: HKA; Subkey: "Software\Classes\Directory\shell\{#Name}\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""
; Links to stories.
Root: HKA; Subkey: "Software\Classes\stonehand"; ValueType: string; ValueData: "URL:{#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\stonehand"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\stonehand\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""
; One block for each kind of file.
#include Types

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

; Nothing else is removed with the program: desks, settings and keys are in the person's own
; folders, and stay.

[Code]
const
  ForEverybody = 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment';
  ForOne = 'Environment';

function Root(): Integer;
begin
  if IsAdminInstallMode then Result := HKEY_LOCAL_MACHINE else Result := HKEY_CURRENT_USER;
end;

function Key(): String;
begin
  if IsAdminInstallMode then Result := ForEverybody else Result := ForOne;
end;

{ The list of folders without ours, wherever it is in it. }
function WithoutOurs(Folders: String): String;
var
  At: Integer;
  Ours: String;
begin
  Ours := ';' + Lowercase(ExpandConstant('{app}')) + ';';
  Result := ';' + Folders + ';';
  At := Pos(Ours, Lowercase(Result));
  while At > 0 do
  begin
    Delete(Result, At, Length(Ours) - 1);
    At := Pos(Ours, Lowercase(Result));
  end;
  while (Result <> '') and (Result[1] = ';') do Delete(Result, 1, 1);
  while (Result <> '') and (Result[Length(Result)] = ';') do Delete(Result, Length(Result), 1);
end;

procedure SetPath(Added: Boolean);
var
  Folders, Changed: String;
begin
  if not RegQueryStringValue(Root(), Key(), 'Path', Folders) then Folders := '';
  Changed := WithoutOurs(Folders);
  if Added then
  begin
    if Changed <> '' then Changed := Changed + ';';
    Changed := Changed + ExpandConstant('{app}');
  end;
  { A list that we are not in is not touched, empty parts and all. }
  if Added or (Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Folders) + ';') > 0) then
    RegWriteExpandStringValue(Root(), Key(), 'Path', Changed);
end;

procedure CurStepChanged(Step: TSetupStep);
begin
  if Step = ssPostInstall then SetPath(WizardIsTaskSelected('path'));
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if Step = usPostUninstall then SetPath(False);
end;
