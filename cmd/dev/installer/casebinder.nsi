; The installer for one user of Windows, without an administrator. The tool fills in what
; stands in double brackets. Its uninstaller takes away what is listed here, file by
; file, and no folder in which anything else lies: a desk is never touched.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID [[.Compressor]]
SetDatablockOptimize on

!include MUI2.nsh
!include LogicLib.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Casebinder"
!define APPPATH "Software\Microsoft\Windows\CurrentVersion\App Paths\Casebinder.exe"
!define VERB "Software\Classes\SystemFileAssociations\.zip\shell\Casebinder.Verify"

Name "Casebinder"
OutFile "[[.Out]]"
InstallDir "$LOCALAPPDATA\Programs\Casebinder"
InstallDirRegKey HKCU "${UNINSTALL}" InstallLocation
BrandingText "Casebinder [[.Version]]"

!define MUI_ICON "[[.Icon]]"
!define MUI_UNICON "[[.Icon]]"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\Casebinder.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE SimpChinese
!insertmacro MUI_LANGUAGE TradChinese

VIProductVersion "[[.Version]].0"
[[range .Languages]]
VIAddVersionKey /LANG=[[.LCID]] ProductName "Casebinder"
VIAddVersionKey /LANG=[[.LCID]] ProductVersion "[[$.Version]]"
VIAddVersionKey /LANG=[[.LCID]] FileVersion "[[$.Version]]"
VIAddVersionKey /LANG=[[.LCID]] FileDescription "[[.Setup]]"
VIAddVersionKey /LANG=[[.LCID]] LegalCopyright "© 2026 The Casebinder Authors. MIT License"
VIAddVersionKey /LANG=[[.LCID]] CompanyName "The Casebinder Authors"
LangString RUNNING [[.LCID]] "[[.Running]]"
LangString VERIFY [[.LCID]] "[[.Verify]]"
LangString COMMENT [[.LCID]] "[[.Comment]]"
LangString KEPT [[.LCID]] "[[.Kept]]"
[[end]]

; Hong Kong and Macau read Traditional Chinese.
!macro Language
  System::Call 'kernel32::GetUserDefaultUILanguage() i.r0'
  ${If} $0 = 3076
  ${OrIf} $0 = 5124
    StrCpy $LANGUAGE 1028
  ${EndIf}
!macroend

; A program that runs cannot be written over. Told nothing, /S ends with exit code 2.
!macro NotRunning FILE
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\${FILE}"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\${FILE}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
    ${OrIf} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDCANCEL`
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${Loop}
!macroend

; The entry in the start menu, by whose ID Windows knows whose notifications and windows
; are this program's. Without the ID it is an entry all the same.
!macro Shortcut
  CreateShortcut "$SMPROGRAMS\Casebinder.lnk" "$INSTDIR\Casebinder.exe" "" "$INSTDIR\Casebinder.exe" 0 SW_SHOWNORMAL "" "$(COMMENT)"
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("$SMPROGRAMS\Casebinder.lnk",2)'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
        System::Call '*(&w64 "[[.ID]]")p.r4'
        System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,r4,)p.r5'
        ${IPropertyStore::SetValue} $2 '($3,$5)'
        ${IPropertyStore::Commit} $2 ""
        ${IPersistFile::Save} $1 '("$SMPROGRAMS\Casebinder.lnk",1)'
        System::Free $5
        System::Free $4
        System::Free $3
        ${IUnknown::Release} $2 ""
      ${EndIf}
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
!macroend

Function .onInit
  !insertmacro Language
FunctionEnd

Function un.onInit
  !insertmacro Language
FunctionEnd

Section
  SetShellVarContext current
  !insertmacro NotRunning "Casebinder.exe"
  !insertmacro NotRunning "casebinder.com"
  SetOutPath "$INSTDIR"
[[range .Files]]  File "/oname=[[.Name]]" "[[.From]]"
[[end]]  WriteUninstaller "$INSTDIR\uninstall.exe"
  !insertmacro Shortcut
  WriteRegStr HKCU "${VERB}" "" "$(VERIFY)"
  WriteRegStr HKCU "${VERB}" "Icon" "$INSTDIR\Casebinder.exe,0"
  WriteRegStr HKCU "${VERB}\command" "" '"$INSTDIR\Casebinder.exe" __verify "%1"'
  WriteRegStr HKCU "${APPPATH}" "" "$INSTDIR\Casebinder.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Casebinder"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "[[.Version]]"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Casebinder Authors"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Casebinder.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Comments" "$(COMMENT)"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" [[.SizeKB]]
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section Uninstall
  SetShellVarContext current
  !insertmacro NotRunning "Casebinder.exe"
  !insertmacro NotRunning "casebinder.com"
[[range .Files]]  Delete "$INSTDIR\[[.Name]]"
[[end]]  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Casebinder.lnk"
  DeleteRegKey HKCU "${VERB}"
  DeleteRegKey /ifempty HKCU "Software\Classes\SystemFileAssociations\.zip\shell"
  DeleteRegKey /ifempty HKCU "Software\Classes\SystemFileAssociations\.zip"
  DeleteRegKey HKCU "${APPPATH}"
  DeleteRegKey HKCU "${UNINSTALL}"
  ; Compiled code, which the program makes anew; never the desks beside its folder.
  FindFirst $0 $1 "$LOCALAPPDATA\Casebinder\Cache\wazero-*"
  ${DoWhile} $1 != ""
    RMDir /r "$LOCALAPPDATA\Casebinder\Cache\$1"
    FindNext $0 $1
  ${Loop}
  FindClose $0
  RMDir "$LOCALAPPDATA\Casebinder\Cache"
  RMDir "$LOCALAPPDATA\Casebinder"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DetailPrint "$(KEPT)"
SectionEnd
