"""Make the Windows installer of a frozen program, signed where a certificate is named.

    python windows.py FOLDER [OUT]     FOLDER has the two programs; OUT is `dist` otherwise

Secrets are never in the project. `signtool` of the Windows SDK signs with what these name:

    STONEHAND_SIGN_THUMBPRINT   the SHA-1 of a certificate in the person's store, or on a token
    STONEHAND_SIGN_DLIB         for Azure Artifact Signing (before: Trusted Signing) the path of
    STONEHAND_SIGN_METADATA     Azure.CodeSigning.Dlib.dll, and of a JSON file with endpoint,
                                account and profile; the library signs in as Azure's tools do
    STONEHAND_TIMESTAMP         a time stamp server (RFC 3161); there is one for each of the two
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from file_types import FILE_TYPES, OFFERED, FileType
from icons import write_ico
from identity import NAME, ROOT, VERSION

WORK = ROOT / "build" / "windows"
SCRIPT = ROOT / "packaging" / "windows" / "stonehand.iss"
WINDOW, CONSOLE = "stonehandw.exe", "stonehand.exe"
"""The same program twice, as `pythonw` and `python`: without a terminal, and for one."""

PUBLISHER = "The Stonehand authors"

_SUFFIXES = {"application/zip": "zip"}
"""Of kinds of other programs: what Windows knows them by."""

_AZURE_TIMESTAMP = "http://timestamp.acs.microsoft.com"
_TIMESTAMP = "http://timestamp.digicert.com"

LANGUAGES = {"en": "english", "ar": "arabic"}
"""As the script names them."""


def program_details(name: str) -> dict[str, str]:
    """Return what PyInstaller is to put into a program: its icon, and what Explorer shows of it."""
    icon, version = WORK / "stonehand.ico", WORK / f"{name}-version.txt"
    write_ico(icon)
    version.write_text(version_resource(name), encoding="utf-8")
    return {"icon": str(icon), "version": str(version)}


def version_resource(name: str) -> str:
    """Return a program's version resource, in the words that PyInstaller reads."""
    numbers = tuple(int(part) for part in VERSION.split("."))
    numbers += (0,) * (4 - len(numbers))
    words = {
        "CompanyName": PUBLISHER,
        "FileDescription": NAME,
        "FileVersion": VERSION,
        "InternalName": name,
        "LegalCopyright": "Copyright © 2026 The Stonehand authors. MIT licence.",
        "OriginalFilename": f"{name}.exe",
        "ProductName": NAME,
        "ProductVersion": VERSION,
    }
    lines = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in words.items())
    # 0x409 and 1200: American English, in Unicode.
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{lines}])]), "
        "VarFileInfo([VarStruct('Translation', [0x409, 1200])])])"
    )


def make_installer(folder: Path, output: Path) -> Path:
    """Make the installer of the programs in a folder, and return it.

    SystemExit, with a sentence, where Inno Setup is missing or fails.
    """
    compiler = find_tool("ISCC.exe", "Inno Setup 6*")
    if compiler is None:
        raise SystemExit(
            "Inno Setup 6.4 or later, which makes the installer, is not installed: "
            "`winget install JRSoftware.InnoSetup`, or `choco install innosetup`."
        )
    signing = signing_command()
    if signing:
        sign(signing, folder / WINDOW, folder / CONSOLE)
    else:
        print("Nothing is signed: no certificate is named (see packaging/README.md).", flush=True)
    WORK.mkdir(parents=True, exist_ok=True)
    write_ico(WORK / "stonehand.ico")
    (WORK / "types.iss").write_text(types_script(), encoding="utf-8-sig")
    command = [str(compiler), *compiler_options(folder, output, signing), str(SCRIPT)]
    if subprocess.call(command):
        raise SystemExit("Inno Setup could not make the installer; the reason is printed above.")
    return output / f"{NAME}-{VERSION}-windows-x64.exe"


def compiler_options(folder: Path, output: Path, signing: Sequence[str] = ()) -> list[str]:
    """Return what the script is told: the version, places, and how to sign."""
    values = {
        "Version": VERSION,
        "Source": folder,
        "Output": output,
        "Icon": WORK / "stonehand.ico",
        "Types": WORK / "types.iss",
    }
    options = ["/Q", *(f"/D{name}={value}" for name, value in values.items())]
    if signing:
        # Inno Setup's words for the file and for a quotation mark are $f and $q.
        quoted = " ".join(f"$q{part}$q" for part in signing)
        options += ["/DSigned", f"/Sstonehand={quoted} $f"]
    return options


def types_script() -> str:
    """Return the part of Inno Setup's script that registers the kinds of files, from the one table.

    They are offered under “Open with”; a double click opens what no other program has taken.
    """
    lines = ["; Made by packaging/build/windows.py from packaging/build/file_types.py."]
    for kind in FILE_TYPES:
        if kind.suffix:
            lines += _type_lines(kind)
    offered = [f".{_SUFFIXES[kind]}" for kind in OFFERED]
    lines += [
        _value(rf"Applications\{WINDOW}\SupportedTypes", suffix, '""')
        for suffix in (*(f".{kind.suffix}" for kind in FILE_TYPES if kind.suffix), *offered)
    ]
    return "\n".join(lines) + "\n"


def _type_lines(kind: FileType) -> Iterator[str]:
    identifier = f"{NAME}.{kind.suffix}"
    start = f'"""{{app}}\\{WINDOW}"" ""%1"""'
    yield _value(
        f".{kind.suffix}",
        "",
        f'"{identifier}"',
        "createvalueifdoesntexist uninsdeletevalue uninsdeletekeyifempty",
    )
    yield _value(
        rf".{kind.suffix}\OpenWithProgids",
        identifier,
        '""',
        "uninsdeletevalue uninsdeletekeyifempty",
    )
    yield _value(f".{kind.suffix}", "Content Type", f'"{kind.media_type}"', "uninsdeletevalue")
    for language, name in kind.names.items():
        line = _value(identifier, "", f'"{name}"', "uninsdeletekey")
        yield f"{line}; Languages: {LANGUAGES[language]}"
    yield _value(rf"{identifier}\DefaultIcon", "", f'"{{app}}\\{WINDOW},0"')
    yield _value(rf"{identifier}\shell\open\command", "", start)


def _value(key: str, name: str, data: str, flags: str = "") -> str:
    """Return the line of a value in the registry: the person's part, or everybody's."""
    line = f'Root: HKA; Subkey: "Software\\Classes\\{key}"; ValueType: string; '
    line += f'ValueName: "{name}"; ValueData: {data}'
    return f"{line}; Flags: {flags}" if flags else line


def find_tool(name: str, *folders: str) -> Path | None:
    """Return the path of a tool of Windows, by its name or in one of the folders of programs."""
    if found := shutil.which(name):
        return Path(found)
    places = ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA")
    for place in filter(None, map(os.environ.get, places)):
        for folder in folders:
            # The newest comes last: their names end in versions.
            paths = sorted((*Path(place).glob(folder), *Path(place, "Programs").glob(folder)))
            if tools := [path / name for path in paths if (path / name).is_file()]:
                return tools[-1]
    return None


def signing_command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the command that signs the files after it; nothing where no certificate is named.

    SystemExit where one is named and can't be used: nobody wants to find that out later.
    """
    thumbprint = environment.get("STONEHAND_SIGN_THUMBPRINT")
    library, metadata = map(environment.get, ("STONEHAND_SIGN_DLIB", "STONEHAND_SIGN_METADATA"))
    if not (thumbprint or library or metadata):
        return []
    if not thumbprint and not (library and metadata):
        raise SystemExit("STONEHAND_SIGN_DLIB and STONEHAND_SIGN_METADATA go together.")
    tool = find_tool("signtool.exe", r"Windows Kits\10\bin\10.*\x64")
    if tool is None:
        raise SystemExit("signtool.exe is not installed; it is in the Windows SDK.")
    usual = _TIMESTAMP if thumbprint else _AZURE_TIMESTAMP
    timestamp = environment.get("STONEHAND_TIMESTAMP") or usual
    azure = ["/dlib", library or "", "/dmdf", metadata or ""]
    chosen = ["/sha1", thumbprint] if thumbprint else azure
    return [str(tool), "sign", "/fd", "sha256", "/td", "sha256", "/tr", timestamp, *chosen]


def sign(command: Sequence[str], *files: Path) -> None:
    """Sign files. SystemExit where that fails."""
    if subprocess.call([*command, *files]):
        raise SystemExit("signtool could not sign; the reason is printed above.")


def main(arguments: Sequence[str]) -> int:
    """Make the installer; return the exit code."""
    folder = Path(arguments[0]) if arguments else Path()
    if len(arguments) not in (1, 2) or not (folder / WINDOW).is_file():
        print(__doc__)
        return 2
    output = Path(arguments[1]) if len(arguments) > 1 else ROOT / "dist"
    file = make_installer(folder.absolute(), output.absolute())
    print(f"{file.stat().st_size / 1e6:8.1f} MB  {file.name}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
