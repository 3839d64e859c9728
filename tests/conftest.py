"""Fixtures for every test. Tests that need ../shared are skipped without it."""

from __future__ import annotations

import gc
import locale
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import pytest
from hypothesis import settings

from tests.asked_words import AskedWords, never_marked
from tests.catalogues import compile_catalogues
from tests.keyrings import Secrets

if TYPE_CHECKING:
    from editor.gui.window.application import DesktopApplication
    from tests.list_server import ListServer

# The suite gives the same result twice in a row; the long mode tries new examples each time.
settings.register_profile(
    "steady", max_examples=60, derandomize=True, deadline=None, print_blob=True
)
settings.register_profile("far", max_examples=1000, deadline=None, print_blob=True)


def half_the_examples() -> settings:
    """Half as many examples as other tests get, for one whose examples take a tenth of a second."""
    return settings(max_examples=settings().max_examples // 2)


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    # Chromium ends for root with its sandbox; the program knows, but not the tests' own browsers.
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

# The window and verbs speak the computer's language, and tests read what they say: here and in
# the processes that they start it is English. (Qt on Windows and macOS asks the system instead.)
for name in ("LC_ALL", "LANG"):
    os.environ[name] = "C.UTF-8"
os.environ["LANGUAGE"] = "en"
with suppress(locale.Error):  # not every system has it
    locale.setlocale(locale.LC_ALL, "C.UTF-8")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the long mode of long tests")
    parser.addoption("--compile", action="store_true", help="only compile the tests")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("far" if config.getoption("--slow") else "steady")
    if config.getoption("--compile"):
        config.pluginmanager.register(_NoTests())


class _NoTests:
    """Finds no test in a module: its import, which compiles it, is all that is wanted."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self) -> list[pytest.Item]:
        return []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    # Left out, not skipped: thousands of skipped tests take half a minute.
    long_mode = [item for item in items if "slow" in item.keywords]
    items[:] = [item for item in items if "slow" not in item.keywords]
    config.hook.pytest_deselected(items=long_mode)


def pytest_collection_finish() -> None:
    # The tests themselves last to the end: a tenth of the time went into looking for garbage there.
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of third-party data beside the project, or skip the test without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared does not exist")
    return SHARED


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Prepare WebEngine, which must come before the application that a worker's tests share."""
    from editor.gui.page.engine import prepare_web_engine

    prepare_web_engine()
    return ["stonehand"]


@pytest.fixture(scope="session")
def qapp_cls() -> type[DesktopApplication]:
    """The program's own application object."""
    from editor.gui.window.application import DesktopApplication

    return DesktopApplication


@pytest.fixture
def secrets() -> Iterator[Secrets]:
    """A keyring in memory while the test runs."""
    before, ours = keyring.get_keyring(), Secrets()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)


@pytest.fixture(scope="session", autouse=True)
def _cheap_keys() -> Iterator[None]:
    """Let key files open at once; a real one takes a second, to slow whoever tries passphrases.

    What a file costs is written in it, so a test's keys are cheap in its subprocesses as well.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("editor.trust.key_file.COST", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the keys of every test's people, and what fixtures of the session remember, here."""
    base = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STONEHAND_DATA", str(base / "data"))
        patch.setenv("STONEHAND_CONFIG", str(base / "config"))
        patch.setenv("STONEHAND_KEYS", str(base / "keys"))
        patch.setenv("STONEHAND_PASSPHRASE", "test")
        # Encoding takes seconds a picture, and the same ones are in tests of all workers.
        of_all = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        patch.setenv("STONEHAND_RENDITIONS", str(of_all / "renditions"))
        yield


@pytest.fixture(scope="session")
def asked_words() -> AskedWords:
    """Return the English that notes what was never marked for translation."""
    compile_catalogues()
    return AskedWords()


@pytest.fixture(autouse=True)
def _every_string_is_collected(
    asked_words: AskedWords, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail a test in which a string is asked for that a translator never sees."""
    monkeypatch.setattr("editor.i18n._catalogue", asked_words)
    asked_words.unknown.clear()
    yield
    assert not never_marked(asked_words.unknown), "mark these strings with `N_`"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test out of the personal folders of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("STONEHAND_DATA", str(home / "data"))
    monkeypatch.setenv("STONEHAND_CONFIG", str(home / "config"))
    # The people of wider fixtures keep their keys; those that one test makes are its own.
    monkeypatch.setenv("STONEHAND_KEYS", str(home / "keys"))
    shared_keys = tmp_path_factory.getbasetemp() / "keys"
    if shared_keys.is_dir():
        shutil.copytree(shared_keys, home / "keys")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets every Markdown text that is parsed from now on."""
    from editor.text.parse import Parser

    texts: list[str] = []
    parse = Parser.parse

    def note(self: Parser, markdown: str) -> object:
        texts.append(markdown)
        return parse(self, markdown)

    monkeypatch.setattr(Parser, "parse", note)
    return texts


@pytest.fixture
def python() -> str:
    """Return the interpreter that runs the tests, for subprocesses."""
    return sys.executable


@pytest.fixture
def list_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ListServer]:
    """A server of a list of versions, whose certificate this computer trusts during the test."""
    from tests.list_server import ListServer, make_certificate

    context, trusted = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with ListServer().running(context) as server:
        yield server
