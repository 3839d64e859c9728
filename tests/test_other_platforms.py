"""What the Windows installer, the macOS bundle, the Flatpak and the workflow are made of."""

from __future__ import annotations

import plistlib
import re
import subprocess
import sys
from pathlib import Path

import flatpak
import icons
import macos
import pytest
import windows
import yaml
from file_types import FILE_TYPES, OFFERED
from PIL import Image

from editor import __version__
from editor.gui.start import APP_ID
from editor.places import DESK_FILE
from editor.story_link import SCHEME

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"

SUFFIXES = {kind.suffix: kind for kind in FILE_TYPES if kind.suffix}
SCRIPT = windows.SCRIPT.read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".ci" / "builds.yml").read_text(encoding="utf-8")


def test_build_for_another_platform_says_where_it_is_made() -> None:
    other = "windows" if sys.platform != "win32" else "macos"
    done = subprocess.run(
        [sys.executable, PACKAGING / "build", other], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.startswith(f"The {other} build is made on ")
    assert done.stdout.endswith(f"; this is {sys.platform}.\n")


def test_installer_knows_the_version_and_the_places_from_one_place(tmp_path: Path) -> None:
    options = windows.compiler_options(tmp_path / "program", tmp_path / "dist")
    assert f"/DVersion={__version__}" in options
    given = {option[2:].split("=")[0] for option in options if option.startswith("/D")}
    used = set(re.findall(r"\{#(\w+)\}|#include (\w+)", SCRIPT))
    asked = {name for names in used for name in names if name}
    defined = set(re.findall(r"#define (\w+)", SCRIPT))
    assert asked - defined == given
    assert not re.search(r"\d+\.\d+\.\d+\s*$", SCRIPT.replace("10.0.17763", ""), re.M)


def test_installer_needs_no_administrator_and_leaves_what_is_the_persons() -> None:
    assert "\nPrivilegesRequired=lowest\n" in SCRIPT
    assert "[UninstallDelete]" not in SCRIPT
    assert "localappdata" not in SCRIPT.lower(), "desks, settings and keys are there"
    removed = SCRIPT.split("[InstallDelete]")[1].split("[Files]")[0]
    assert re.findall(r'Name: "(.*)"', removed) == [r"{app}\_internal"]


def test_installer_speaks_each_language_of_the_window() -> None:
    languages = {"en", *(path.name for path in (ROOT / "resources" / "i18n").iterdir())}
    assert set(windows.LANGUAGES) == languages
    for name in windows.LANGUAGES.values():
        assert f'Name: "{name}";' in SCRIPT
        own = set(re.findall(rf"^{name}\.(\w+)=.+$", SCRIPT, re.M))
        assert own == set(re.findall(r"^english\.(\w+)=", SCRIPT, re.M))


def test_installer_registers_what_linux_registers() -> None:
    lines = windows.types_script().splitlines()[1:]
    for suffix, kind in SUFFIXES.items():
        assert any(f'Classes\\.{suffix}\\OpenWithProgids"' in line for line in lines)
        for name in kind.names.values():
            assert any(f'ValueData: "{name}"' in line for line in lines)
    supported = [line for line in lines if "SupportedTypes" in line]
    assert len(supported) == len(SUFFIXES) + len(OFFERED)
    for line in lines:
        assert re.fullmatch(
            r'Root: HKA; Subkey: "Software\\Classes\\[^"]+"; ValueType: string; '
            r'ValueName: "[^"]*"; ValueData: "([^"]|"")*"(; Flags: [a-z ]+)?(; Languages: \w+)?',
            line,
        )


def test_nothing_is_signed_unless_a_certificate_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert windows.signing_command({}) == []
    with pytest.raises(SystemExit, match="go together"):
        windows.signing_command({"STONEHAND_SIGN_DLIB": "signing.dll"})
    with monkeypatch.context() as patch:
        patch.setattr(windows, "find_tool", lambda *_name_and_folders: None)
        with pytest.raises(SystemExit, match=r"signtool\.exe is not installed"):
            windows.signing_command({"STONEHAND_SIGN_THUMBPRINT": "ab12"})
    tool = tmp_path / "signtool.exe"
    tool.write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    command = windows.signing_command({"STONEHAND_SIGN_THUMBPRINT": "ab12"})
    assert command[:2] == [str(tool), "sign"]
    assert command[-2:] == ["/sha1", "ab12"]
    azure = {"STONEHAND_SIGN_DLIB": "a b.dll", "STONEHAND_SIGN_METADATA": "m.json"}
    command = windows.signing_command(azure)
    assert command[-4:] == ["/dlib", "a b.dll", "/dmdf", "m.json"]
    options = windows.compiler_options(tmp_path, tmp_path, command)
    assert "/DSigned" in options
    assert options[-1].endswith("$qa b.dll$q $q/dmdf$q $qm.json$q $f")


def test_tools_of_windows_are_found_in_the_newest_of_their_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ProgramFiles(x86)", str(tmp_path))
    for name in ("10.0.19041.0", "10.0.26100.0"):
        (tmp_path / "Kits" / name).mkdir(parents=True)
        (tmp_path / "Kits" / name / "no-such-signtool.exe").touch()
    found = windows.find_tool("no-such-signtool.exe", "Kits/10.*")
    assert found == tmp_path / "Kits" / "10.0.26100.0" / "no-such-signtool.exe"
    assert windows.find_tool("no-such-tool.exe", "Kits/10.*") is None


def test_program_without_inno_setup_is_no_installer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "find_tool", lambda *_name_and_folders: None)
    with pytest.raises(SystemExit, match=r"Inno Setup .* is not installed"):
        windows.make_installer(tmp_path, tmp_path)
    assert windows.main([str(tmp_path)]) == 2


def test_version_resource_has_the_version() -> None:
    text = windows.version_resource("stonehandw")
    numbers = ", ".join([*__version__.split("."), "0"])
    assert f"filevers=({numbers})" in text
    assert f"StringStruct('ProductVersion', '{__version__}')" in text
    compile(text, "version.txt", "eval")  # PyInstaller's names only exist on Windows


def test_links_to_stories_are_registered() -> None:
    assert f'"Software\\Classes\\{SCHEME}"; ValueType: string; ValueName: "URL Protocol"' in SCRIPT
    [links] = macos.info_plist()["CFBundleURLTypes"]
    assert links["CFBundleURLSchemes"] == [SCHEME]


def test_bundle_says_what_it_is_and_what_it_opens() -> None:
    info = macos.info_plist()
    assert plistlib.loads(plistlib.dumps(info)) == info
    assert info["CFBundleIdentifier"] == APP_ID
    assert info["CFBundleShortVersionString"] == info["CFBundleVersion"] == __version__
    declared = {
        suffix
        for kind in info["UTExportedTypeDeclarations"]
        for suffix in kind["UTTypeTagSpecification"]["public.filename-extension"]
    }
    assert declared == set(SUFFIXES)
    opened = {
        kind for entry in info["CFBundleDocumentTypes"] for kind in entry["LSItemContentTypes"]
    }
    own = {kind["UTTypeIdentifier"] for kind in info["UTExportedTypeDeclarations"]}
    assert opened == own | {"public.zip-archive", "public.folder"}
    for strings in macos.translations().values():
        assert set(strings) == {kind.names["en"] for kind in SUFFIXES.values()}


def test_inside_of_a_bundle_is_signed_before_what_is_around_it(tmp_path: Path) -> None:
    bundle = tmp_path / "Stonehand.app"
    framework = bundle / "Contents/Frameworks/PySide6/Qt/lib/QtWebEngineCore.framework"
    process = framework / "Versions/A/Helpers/QtWebEngineProcess.app"
    process.mkdir(parents=True)
    (framework / "Versions/Current").symlink_to("A")
    (bundle / "Contents/Resources").mkdir()
    (bundle / "Contents/Resources/QtWebEngineCore.framework").symlink_to(framework)
    commands = macos.signing_commands(bundle, "Developer ID Application: Harbour Post")
    assert [command[-1] for command in commands] == list(map(str, (process, framework, bundle)))
    assert all("runtime" in command and "--timestamp" in command for command in commands)
    rights = [
        plistlib.loads(Path(command[command.index("--entitlements") + 1]).read_bytes())
        for command in (commands[0], commands[-1])
    ]
    assert "com.apple.security.cs.disable-executable-page-protection" in rights[0]
    assert set(rights[1]) < set(rights[0]), "the program has fewer rights than the engine"
    assert not [command for command in macos.signing_commands(bundle, "-") if "runtime" in command]


def test_nothing_is_sent_to_the_notary_without_a_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    macos.notarise(tmp_path / "Stonehand.dmg", {"STONEHAND_NOTARY_KEY": "a.p8"})
    assert capsys.readouterr().out.startswith("Not notarised: STONEHAND_NOTARY_KEY, ")


def test_icons_have_every_size(tmp_path: Path) -> None:
    icons.write_ico(tmp_path / "new" / "stonehand.ico")
    icons.write_icns(tmp_path / "stonehand.icns")
    with Image.open(tmp_path / "new" / "stonehand.ico") as icon:
        assert {size for size, _height in icon.info["sizes"]} == set(icons.WINDOWS_SIZES)
    with Image.open(tmp_path / "stonehand.icns") as icon:
        pixels = {width * scale for width, _height, scale in icon.info["sizes"]}
        assert {32, 128, 256, 512, 1024} <= pixels <= set(icons.MACOS_SIZES) | {64}
        largest = icon.convert("RGBA")
    assert largest.size == (1024, 1024)
    box = largest.getchannel("A").getbbox()
    assert box is not None
    assert 820 <= box[2] - box[0] <= 830, "as Apple's grid for icons has it"


def test_libraries_of_the_flatpak_are_those_of_its_python() -> None:
    lock = (
        "pyside6==6.11.3 \\\n    --hash=sha256:aa\n    # via stonehand\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:bb\n"
        "old==1 ; python_full_version < '3.13' \\\n    --hash=sha256:cc\n"
        "lxml==6.1 ; sys_platform == 'linux' \\\n    --hash=sha256:dd \\\n    --hash=sha256:ee\n"
    )
    assert list(flatpak.libraries(lock)) == ["lxml==6.1 --hash=sha256:dd --hash=sha256:ee"]
    locked = list(flatpak.libraries(flatpak.LOCK.read_text(encoding="utf-8")))
    names = {line.split("==")[0] for line in locked}
    assert {"sqlalchemy", "jinja2", "lxml"} <= names
    assert not names & {"pyside6", "shiboken6", "pyside6-addons", "pyside6-essentials"}
    assert all("--hash=sha256:" in line for line in locked)


def test_flatpak_asks_for_little() -> None:
    manifest = yaml.safe_load(flatpak.MANIFEST.read_text(encoding="utf-8"))
    assert manifest["id"] == flatpak.MANIFEST.stem == APP_ID
    rights = manifest["finish-args"]
    assert not [right for right in rights if right in ("--filesystem=home", "--filesystem=host")]
    assert not [right for right in rights if "SANDBOX" in right], "Chromium's sandbox stays on"
    [source] = manifest["modules"][0]["sources"]
    assert (flatpak.MANIFEST.parent / source["path"]).resolve() == flatpak.WORK / "sources"


def test_workflow_is_one_and_pins_what_it_runs() -> None:
    jobs = yaml.safe_load(WORKFLOW)["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    for step in steps:
        assert "uses" not in step or re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"])
    commands = "\n".join(step.get("run", "") for step in steps)
    for command in ("build linux", "build windows", "build macos", "test", "lint", "audit"):
        assert f"packaging/dev.py {command}\n" in f"{commands}\n"
    # A secret is in the environment of a step, and never in the text of a command.
    assert "secrets." not in commands
    assert yaml.safe_load(WORKFLOW)["permissions"] == {"contents": "read"}


def test_desk_opens_from_the_menu_of_its_folder() -> None:
    assert '"System.FileName:""*.desk"""' in SCRIPT
    assert DESK_FILE in [pattern for kind in FILE_TYPES for pattern in kind.patterns]
