"""A hostile picture ends its own process and nothing else; others are decoded meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.core.rendition import Rendition
from editor.errors import UnreadablePicture
from editor.i18n import use_language
from editor.proof.picture_process import AT_ONCE, PictureProcesses
from tests.catalogues import compile_catalogues
from tests.proof.odd_pictures import drawn, jpeg_of_scans, noise

SMALL = [Rendition("", 60, 40)]


@pytest.fixture
def processes() -> Iterator[PictureProcesses]:
    made = PictureProcesses()
    yield made
    made.close()


def start_instead(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start another program as the next picture process."""

    def start(_call: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    monkeypatch.setattr("editor.proof.picture_process.start_process", start)


def slow_picture() -> bytes:
    return jpeg_of_scans(100, (9000, 9000))


def test_a_hundred_pictures_need_one_process(processes: PictureProcesses) -> None:
    for number in range(100):
        data = drawn(size=(60 + number, 40))
        assert processes.render(data, SMALL, 60)[:2] == (60 + number, 40)
    assert processes.started == 1


def test_refusal_is_in_the_language_that_the_interface_has_by_then(
    processes: PictureProcesses,
) -> None:
    compile_catalogues()
    sentences = []
    for tag in ("en", "ar", "ar", "en"):
        use_language(tag)
        try:
            with pytest.raises(UnreadablePicture) as caught:
                processes.render(noise()[:900], SMALL, 60)
        finally:
            use_language("en")
        sentences.append(caught.value.sentence)
    assert sentences[0].isascii()
    assert "صورة" in sentences[1]
    assert sentences[2:] == sentences[1::-1]
    assert processes.started == 3


def test_refusals_do_not_end_the_process(processes: PictureProcesses) -> None:
    for data in (b"", b"\xff\xd8\xff\xe0", noise()[:900]):
        with pytest.raises(UnreadablePicture) as caught:
            processes.render(data, SMALL, 60)
        assert caught.value.sentence
        assert caught.value.hint
    assert processes.render(drawn(), SMALL, 60).encoded
    assert processes.started == 1


def test_picture_that_takes_too_long_is_given_up(processes: PictureProcesses) -> None:
    with pytest.raises(
        UnreadablePicture, match="longer than 1 seconds to read, which is the limit"
    ):
        processes.render(slow_picture(), SMALL, 1)
    assert processes.render(drawn(), SMALL, 60).encoded, "the next picture gets another process"
    assert processes.started == 2


def test_process_that_was_killed_is_started_again(processes: PictureProcesses) -> None:
    processes.render(drawn(), SMALL, 60)
    [process] = processes._idle
    process._process.kill()
    process._process.wait()
    assert processes.render(drawn(), SMALL, 60).encoded
    assert processes.started == 2


def test_few_pictures_are_decoded_at_once(processes: PictureProcesses) -> None:
    data, sizes = noise(size=(900, 600)), []
    threads = [
        threading.Thread(target=lambda: sizes.append(processes.render(data, SMALL, 60)[:2]))
        for _thread in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes == [(900, 600)] * 12
    assert processes.started <= AT_ONCE


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_process_has_a_limit_of_memory(processes: PictureProcesses) -> None:
    processes.render(drawn(), SMALL, 60)
    [process] = processes._idle
    limits = Path(f"/proc/{process._process.pid}/limits").read_text()
    [line] = [line for line in limits.splitlines() if line.startswith("Max address space")]
    assert line.split()[3] == "2500000000"


def test_nothing_of_the_current_folder_is_run(tmp_path: Path) -> None:
    """A folder of downloads may have anything in it."""
    for name in ("PIL", "editor", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run by mistake')")
    script = tmp_path / "elsewhere" / "script.py"
    script.parent.mkdir()
    script.write_text(
        "import sys\n"
        "from editor.proof.pictures import inspect\n"
        "print(inspect(open(sys.argv[1], 'rb').read()))\n"
    )
    (tmp_path / "photo.jpg").write_bytes(drawn())
    done = subprocess.run(
        [sys.executable, str(script), "photo.jpg"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "(60, 40)\n", done.stderr
    assert done.stderr == "", "its picture process ends with it, quietly"


@pytest.mark.parametrize("half", ["[1, ", "[1, 1, [5]]\\nab", "[1, 1, [2, 2]]\\nabc", ""])
def test_half_an_answer_is_no_picture(
    half: str, processes: PictureProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = f"import sys; sys.stdin.buffer.readline(); sys.stdout.write('{half}')"
    start_instead(program, monkeypatch)
    with pytest.raises(UnreadablePicture):
        processes.render(b"x", SMALL, 60)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_good_picture_is_not_called_damaged_where_its_process_was_killed(
    processes: PictureProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    start_instead(program, monkeypatch)
    with pytest.raises(UnreadablePicture, match="memory may have run out"):
        processes.render(drawn(), SMALL, 60)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the limits of a process")
def test_crash_leaves_no_file_with_the_memory(processes: PictureProcesses) -> None:
    processes.render(drawn(), SMALL, 60)
    [process] = processes._idle
    limits = Path(f"/proc/{process._process.pid}/limits").read_text(encoding="utf-8")
    [line] = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert line.split()[4] == "0"
