"""Makes the clipboards of `clipboards/` with real programs, by hand: Chromium and LibreOffice.

    python tests/formats/html/make_clipboards.py [names…]

    python tests/formats/html/make_clipboards.py --expect [names…]

The second form needs no other program: it writes what the reader makes of the clipboards now
(`NAME.md`), to be read and compared with the last one by a person.

The first needs Debian's packages chromium, libreoffice-writer, xvfb, xclip and xdotool. It opens
each page and document of `pages/` on a screen of its own, selects all (or what the page selects
itself), copies, and writes what xclip reads of the clipboard: `NAME.html` (text/html) and
`NAME.txt`
(UTF8_STRING). `print.fodt` is written as a PDF by LibreOffice and copied in Chromium's viewer.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HERE = Path(__file__).parent
PAGES, CLIPBOARDS = HERE / "pages", HERE / "clipboards"
_WINDOWS_HEAD = re.compile(rb"\AVersion:.*?(?=<)", re.DOTALL)
_SELECTS_ITSELF = ("part", "word")


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Give the environment of a screen of its own."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1000x24"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as number:
        display = number.readline().strip()
    try:
        yield {**os.environ, "DISPLAY": f":{display}"}
    finally:
        server.terminate()
        server.wait()


def press(env: dict[str, str], *arguments: str, wait: float = 0.7) -> str:
    """Run xdotool, then give the program time."""
    done = subprocess.run(
        ["xdotool", *arguments], check=False, env=env, capture_output=True, text=True
    )
    time.sleep(wait)
    return done.stdout.strip()


def find_window(env: dict[str, str], *search: str) -> str:
    """Wait for a window and return its number."""
    for _attempt in range(120):
        found = press(env, "search", "--onlyvisible", *search, wait=0.5).split()
        if found:
            return found[-1]
    raise SystemExit(f"No window of {search}")


def read(env: dict[str, str], kind: str) -> bytes:
    """Return what the clipboard has of a kind."""
    command = ["xclip", "-selection", "clipboard", "-o", "-t", kind]
    return subprocess.run(command, check=False, env=env, capture_output=True, timeout=30).stdout


def save(env: dict[str, str], name: str, kinds: tuple[str, ...]) -> None:
    """Write the clipboard's kinds to files."""
    for kind, ending in (("text/html", "html"), ("UTF8_STRING", "txt")):
        if ending in kinds and (data := read(env, kind)):
            (CLIPBOARDS / f"{name}.{ending}").write_bytes(data)
    print(name, *(path.stat().st_size for path in sorted(CLIPBOARDS.glob(f"{name}.*"))))


def copy_in_chromium(address: str, name: str, select: bool, kinds: tuple[str, ...]) -> None:
    """Open an address in Chromium, copy and write what was copied."""
    with screen() as env, tempfile.TemporaryDirectory() as profile:
        command = ["chromium", "--no-sandbox", f"--user-data-dir={profile}", "--no-first-run"]
        size = ["--disable-gpu", "--window-size=1200,900", "--window-position=0,0", address]
        program = subprocess.Popen([*command, *size], env=env, stderr=subprocess.DEVNULL)
        try:
            window = find_window(env, "--class", "chromium")
            time.sleep(5)
            press(env, "windowfocus", window)
            if select:
                press(env, "mousemove", "600", "780", "click", "1")
                press(env, "key", "ctrl+a")
            press(env, "key", "ctrl+c", wait=1.5)
            save(env, name, kinds)
        finally:
            program.terminate()
            with suppress(subprocess.TimeoutExpired):
                program.wait(10)


def copy_in_writer(document: Path, name: str) -> None:
    """Open a document in LibreOffice Writer, copy all of it and write what was copied."""
    with screen() as env, tempfile.TemporaryDirectory() as profile:
        program = subprocess.Popen([*soffice(profile), str(document)], env=env)
        try:
            window = find_window(env, "--name", "LibreOffice Writer")
            time.sleep(6)
            press(env, "windowfocus", window)
            for keys in ("Escape", "ctrl+Home", "ctrl+a", "ctrl+c"):
                press(env, "key", keys, wait=1.5)
            save(env, name, ("html", "txt"))
        finally:
            subprocess.run(["pkill", "-P", str(program.pid)], check=False)
            program.terminate()
            program.wait(10)


def soffice(profile: str) -> list[str]:
    """Return LibreOffice's command with settings of its own."""
    return ["soffice", f"-env:UserInstallation=file://{profile}", "--norestore", "--nologo"]


def main(names: list[str]) -> None:
    """Make the clipboards that are named, or all."""
    CLIPBOARDS.mkdir(exist_ok=True)
    for page in sorted(PAGES.glob("*.html")):
        if not names or f"chromium-{page.stem}" in names:
            select = page.stem not in _SELECTS_ITSELF
            copy_in_chromium(page.as_uri(), f"chromium-{page.stem}", select, ("html", "txt"))
    for page in sorted(CLIPBOARDS.glob("format-*.html")):
        # What was made after a documented format: its words as a browser shows them.
        if page.stem in names:
            with tempfile.TemporaryDirectory() as folder:
                bare = Path(folder, page.name)
                bare.write_bytes(_WINDOWS_HEAD.sub(b"", page.read_bytes()))
                copy_in_chromium(bare.as_uri(), page.stem, True, ("txt",))
    for document in sorted(PAGES.glob("*.fodt")):
        if document.stem == "print":
            if not names or "chromium-pdf" in names:
                copy_of_pdf(document)
        elif not names or f"writer-{document.stem}" in names:
            copy_in_writer(document, f"writer-{document.stem}")


def copy_of_pdf(document: Path) -> None:
    """Print a document to a PDF and copy its text in Chromium's viewer."""
    with tempfile.TemporaryDirectory() as folder:
        convert = ["--headless", "--convert-to", "pdf", "--outdir", folder, str(document)]
        subprocess.run([*soffice(f"{folder}/profile"), *convert], check=True)
        pdf = Path(folder, f"{document.stem}.pdf")
        copy_in_chromium(pdf.as_uri(), "chromium-pdf", True, ("txt",))


def expect(names: list[str]) -> None:
    """Write what the reader makes of the clipboards that are named, or of all."""
    from tests.formats.html.clipboards_read import CASES, read_case

    for case in CASES:
        if not names or case in names:
            (CLIPBOARDS / f"{case}.md").write_text(read_case(case).markdown, encoding="utf-8")


if __name__ == "__main__":
    if "--expect" in sys.argv:
        expect([name for name in sys.argv[1:] if name != "--expect"])
    else:
        main(sys.argv[1:])
