"""Make the macOS disk image of an app bundle: signed and notarised where there are certificates.

    python macos.py BUNDLE [OUT]     BUNDLE is a folder `….app`; OUT is `dist` otherwise

Secrets are never in the project; they are in the keychain, and in files that these name:

    STONEHAND_MAC_IDENTITY    the certificate in the keychain: `Developer ID Application: …`
    STONEHAND_NOTARY_KEY      an App Store Connect key, a file ending in .p8, with which Apple's
    STONEHAND_NOTARY_KEY_ID   notary service is asked to look at the disk image, and the two
    STONEHAND_NOTARY_ISSUER   identifiers that Apple shows beside it

Without the first the bundle has the signature of no one (“ad hoc”), which Apple silicon demands;
macOS then asks whoever opens it to confirm that in the system settings, once.
"""

from __future__ import annotations

import os
import platform
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from file_types import FILE_TYPES, OFFERED, FileType
from icons import write_icns
from identity import APP_ID, COMMAND, NAME, ROOT, VERSION

WORK = ROOT / "build" / "macos"
RECIPES = ROOT / "packaging" / "macos"
BUNDLE = f"{NAME}.app"

LANGUAGES = ("en", "ar")
OLDEST = "13.0"
"""The oldest macOS that Qt 6.11 runs on (Qt's list of supported platforms)."""

_NOBODY = "-"
_ENGINE = "QtWebEngineCore.framework"
_UNIFORM = {"application/zip": "public.zip-archive", "text/plain": "public.plain-text"}
"""Media types of other programs: their uniform type identifiers."""


def info_plist() -> dict[str, Any]:
    """Return what the bundle says of itself to macOS, besides what PyInstaller adds."""
    documents, declared = _documents()
    return {
        "CFBundleIdentifier": APP_ID,
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": VERSION,
        "CFBundleVersion": VERSION,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": list(LANGUAGES),
        "CFBundleDocumentTypes": documents,
        "CFBundleURLTypes": [{"CFBundleURLName": APP_ID, "CFBundleURLSchemes": [COMMAND]}],
        "UTExportedTypeDeclarations": declared,
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
        # Light and dark follow the system.
        "NSRequiresAquaSystemAppearance": False,
        "NSPrincipalClass": "NSApplication",
        "NSHumanReadableCopyright": "Copyright © 2026 The Stonehand authors. MIT licence.",
    }


def program_details(environment: Mapping[str, str] = os.environ) -> dict[str, str | None]:
    """Return what PyInstaller is to make the program with: an icon, and who signs libraries."""
    icon = WORK / "stonehand.icns"
    write_icns(icon)
    identity = environment.get("STONEHAND_MAC_IDENTITY")
    rights = str(RECIPES / "program.plist") if identity else None
    return {"icon": str(icon), "codesign_identity": identity, "entitlements_file": rights}


def _documents() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the kinds of documents that the Finder opens here, and those that are ours."""
    ours = [kind for kind in FILE_TYPES if kind.suffix]
    documents = [_document(kind.names["en"], _identifier(kind), "Owner") for kind in ours]
    documents += [_document("Edition", _UNIFORM[kind], "Alternate") for kind in OFFERED]
    # A desk is a folder; it is opened by “Open With”, or dropped on the icon in the Dock. As a
    # package it would open by a double click, but panels that ask for a folder would refuse it.
    documents.append(_document("Folder", "public.folder", "Alternate"))
    declared = [
        {
            "UTTypeIdentifier": _identifier(kind),
            "UTTypeDescription": kind.names["en"],
            "UTTypeConformsTo": [_UNIFORM[kind.parent]],
            "UTTypeTagSpecification": {
                "public.filename-extension": [kind.suffix],
                "public.mime-type": [kind.media_type],
            },
        }
        for kind in ours
    ]
    return documents, declared


def _document(name: str, identifier: str, rank: str) -> dict[str, Any]:
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": "Editor",
        "LSHandlerRank": rank,
        "LSItemContentTypes": [identifier],
    }


def _identifier(kind: FileType) -> str:
    """Return the uniform type identifier of a kind of ours."""
    return f"{APP_ID}.{kind.suffix}"


def translations() -> dict[str, dict[str, str]]:
    """Return the names of documents in each language, as the bundle has them: file → strings."""
    shown = [kind.names for kind in FILE_TYPES if kind.suffix]
    return {
        f"{language}.lproj/InfoPlist.strings": {names["en"]: names[language] for names in shown}
        for language in LANGUAGES
    }


def finish(bundle: Path, output: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Complete a bundle that PyInstaller made, sign it, and return its disk image.

    SystemExit where Apple's tools fail; the reason is printed above it.
    """
    for place, strings in translations().items():
        file = bundle / "Contents" / "Resources" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(plistlib.dumps(strings))
    identity = environment.get("STONEHAND_MAC_IDENTITY") or _NOBODY
    for command in signing_commands(bundle, identity):
        _run(*command)
    image = make_image(bundle, output)
    if identity == _NOBODY:
        print("Signed by nobody: no certificate is named (see packaging/README.md).", flush=True)
        return image
    _run("codesign", "--force", "--timestamp", "--sign", identity, image)
    notarise(image, environment)
    return image


def signing_commands(bundle: Path, identity: str) -> list[list[str]]:
    """Return the commands that sign a bundle: what is inside first, as a signature covers it.

    PyInstaller signed every library. The web engine's process needs rights of its own, and each
    signature around it is made again (Apple's TN2206, “Nested Code”).
    """
    # Only a signature of somebody can have a time and a hardened runtime: that one refuses
    # libraries of other signers, and nobody is another each time.
    hardened = [] if identity == _NOBODY else ["--options", "runtime", "--timestamp"]
    common = ["codesign", "--force", *hardened, "--sign", identity]
    rights = ["--entitlements", str(RECIPES / "program.plist")]
    engine_rights = ["--entitlements", str(RECIPES / "engine.plist")]
    commands = []
    for framework in sorted(_real_folders(bundle, _ENGINE)):
        processes = sorted(_real_folders(framework, "QtWebEngineProcess.app"))
        commands += [[*common, *engine_rights, str(process)] for process in processes]
        commands.append([*common, str(framework)])
    return [*commands, [*common, *rights, str(bundle)]]


def _real_folders(bundle: Path, name: str) -> list[Path]:
    return [path for path in bundle.rglob(name) if not path.is_symlink()]


def make_image(bundle: Path, output: Path) -> Path:
    """Make the disk image: the bundle beside a link to the folder of programs, to drag it there."""
    image = output / f"{NAME}-{VERSION}-macos-{platform.machine()}.dmg"
    folder = WORK / "image"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _run("ditto", bundle, folder / BUNDLE)
    (folder / "Applications").symlink_to("/Applications")
    output.mkdir(parents=True, exist_ok=True)
    _run(
        "hdiutil", "create", "-volname", f"{NAME} {VERSION}", "-srcfolder", folder,
        "-fs", "APFS", "-format", "ULFO", "-ov", image,
    )  # fmt: skip
    shutil.rmtree(folder)
    return image


def notarise(image: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Let Apple's notary service look at an image, and staple its answer on; needs a key."""
    names = ("STONEHAND_NOTARY_KEY", "STONEHAND_NOTARY_KEY_ID", "STONEHAND_NOTARY_ISSUER")
    key, identifier, issuer = (environment.get(name, "") for name in names)
    if not (key and identifier and issuer):
        print(f"Not notarised: {', '.join(names)} name no key.", flush=True)
        return
    _run(
        "xcrun", "notarytool", "submit", image, "--wait",
        "--key", Path(key), "--key-id", identifier, "--issuer", issuer,
    )  # fmt: skip
    _run("xcrun", "stapler", "staple", image)


def _run(*command: str | Path) -> None:
    if subprocess.call(list(map(str, command))):
        raise SystemExit(f"{command[0]} failed; the reason is printed above.")


def main(arguments: Sequence[str]) -> int:
    """Make the disk image; return the exit code."""
    bundle = Path(arguments[0]) if arguments else Path()
    if len(arguments) not in (1, 2) or not (bundle / "Contents" / "Info.plist").is_file():
        print(__doc__)
        return 2
    file = finish(bundle, Path(arguments[1]) if len(arguments) > 1 else ROOT / "dist")
    print(f"{file.stat().st_size / 1e6:8.1f} MB  {file.name}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
