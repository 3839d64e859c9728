"""Set up, run, test, check and measure Stonehand. Python 3.11 or later, nothing else.

    python3 packaging/dev.py run        open the window
    python3 packaging/dev.py test       run the whole test suite (arguments go to pytest)
    python3 packaging/dev.py coverage   run it with coverage, and check each room's floor
    python3 packaging/dev.py lint       run ruff, mypy --strict and the import linter
    python3 packaging/dev.py set-up     only make .venv, with all that tests and lint need
    python3 packaging/dev.py bench      run the benchmarks (arguments choose some)
    python3 packaging/dev.py judges     judge a site of 300 stories with outside tools
    python3 packaging/dev.py pictures   make the pictures of the help, or some (`tour`: of README)
    python3 packaging/dev.py audit      ask whether holes are known in the locked libraries
    python3 packaging/dev.py words      collect the strings of the interface for translators
    python3 packaging/dev.py build      make what people install (linux, windows, macos, flatpak)
    python3 packaging/dev.py lock       update the lock files (needs uv)

The first call makes .venv and installs the locked, hash-checked dependencies.
Later calls skip that while the lock files are unchanged.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = ROOT / "packaging" / "requirements"
# One worker more than cores: a third of the time a test waits for a page, a process or a disk.
WORKERS = (os.cpu_count() or 1) + 1
# In the order of the folders: by number of tests, the files with one slow test come last.
ALL_CORES = ["-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"]


def main(arguments):
    """Run one verb and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python may run this file
        print("Stonehand needs Python 3.11 or later; this is", sys.version.split()[0])
        return 1
    verb, *rest = arguments or ["help"]
    verbs = {
        "run": run,
        "test": test,
        "coverage": coverage,
        "lint": lint,
        "set-up": only_set_up,
        "bench": bench,
        "judges": judges,
        "pictures": pictures,
        "audit": audit,
        "words": words,
        "build": build,
        "lock": lock,
    }
    if verb not in verbs:
        print(__doc__)
        return 0 if verb in ("help", "-h", "--help") else 2
    return verbs[verb](rest)


def run(arguments):
    """Open the window; without a display run the sample job headless."""
    set_up("run")
    system.provide_font()
    if system.has_display():
        return python("-m", "editor", *arguments)
    print("There is no display: running the sample job without a window.", flush=True)
    return python("packaging/headless.py", *arguments)


def test(arguments):
    """Run the test suite on all cores, or pytest with the given arguments."""
    set_up("dev")
    system.provide_font()
    if not arguments:
        _compile_tests()
    return _pytest(*(arguments or ALL_CORES))


def coverage(arguments):
    """Run the tests with coverage and print it by room; fail below a room's floor.

    `--write` raises the floors to what was measured. With other arguments, which
    go to pytest, only a part of the tests is run and no floor is checked.
    """
    set_up("dev")
    options = [argument for argument in arguments if argument == "--write"]
    chosen = [argument for argument in arguments if argument != "--write"]
    if chosen and not options:
        options = ["--print"]
    failed = _pytest("--cov", "--cov-report=", *(chosen or ALL_CORES))
    return python("packaging/coverage_floors.py", *options) or failed


def lint(_arguments):
    """Run ruff, mypy and the import linter, all of them even if one fails."""
    set_up("dev")
    return max(
        python("-m", "ruff", "check", "."),
        python("-m", "ruff", "format", "--check", "."),
        python("-m", "mypy"),
        subprocess.call([PYTHON.with_name("lint-imports" + PYTHON.suffix)], cwd=ROOT),
    )


def only_set_up(_arguments):
    """Make .venv, so that two commands may begin at once."""
    set_up("dev")
    return 0


def bench(arguments):
    """Run tests/bench/bench_*.py; each is a program that prints a table."""
    set_up("dev")
    names = [f"bench_{name.removeprefix('bench_').removesuffix('.py')}" for name in arguments]
    files = [
        file
        for file in sorted((ROOT / "tests" / "bench").glob("bench_*.py"))
        if not names or file.stem in names
    ]
    return max((python(file) for file in files), default=2)


def judges(arguments):
    """Judge a site of 300 stories, in English and Arabic, with outside tools."""
    set_up("dev")
    return python("packaging/judges", *arguments)


def pictures(arguments):
    """Make the pictures of the window that the help and the README show; no screen is needed."""
    set_up("dev")
    return python("packaging/pictures", *arguments)


def audit(arguments):
    """Ask databases of known holes about every locked library; see packaging/audit.py."""
    set_up("dev")
    return python("packaging/audit.py", *arguments)


def words(_arguments):
    """Collect all strings of the interface, bring the catalogues up to date, compile them."""
    set_up("dev")
    return python("packaging/words.py")


def build(arguments):
    """Make what people install on a platform, with an environment of its own."""
    return subprocess.call([sys.executable, ROOT / "packaging" / "build", *arguments], cwd=ROOT)


def lock(_arguments):
    """Update the lock files: versions and hashes for every platform, without an index's name."""
    uv = shutil.which("uv")
    if not uv:
        print("Updating the lock files needs uv: pip install uv")
        return 1
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    # uv writes down what it was asked for, which is the same on every computer.
    folder = LOCKS.relative_to(ROOT).as_posix()
    locked = ["-c", f"{folder}/run.txt", "-c", f"{folder}/tools.txt"]
    asked = {
        "run": ["pyproject.toml"],
        "tools": [f"{folder}/tools.in", *locked[:2]],
        "dev": ["pyproject.toml", "--group", "dev", *locked],
        "build": ["pyproject.toml", "--group", "build", *locked],
    }
    for name, arguments in asked.items():
        command = [uv, "pip", "compile", *arguments, *options, "-o", f"{folder}/{name}.txt"]
        if code := subprocess.call(command, cwd=ROOT):
            return code
    return 0


def set_up(kind):
    """Install what is locked, and the project itself, into .venv; compile the catalogues.

    What is done already is not done again.
    """
    stamp = VENV / f"set-up-{kind}"
    if not stamp.is_file() or stamp.read_text() != _fingerprint(kind):
        _install(kind)
        stamp.write_text(_fingerprint(kind))
    if any(map(_is_stale, (ROOT / "resources" / "i18n").glob("*/*/*.po"))):
        python("packaging/words.py", "compile")


def _install(kind):
    is_made = _has_venv()
    if not os.access(VENV if is_made else ROOT, os.W_OK):
        print(f"The set-up goes into {VENV}, where this user may not write.")
        print("Copy the project to a folder of your own, or run this as whoever owns it.")
        sys.exit(1)
    system.provide(with_venv=not is_made)
    if not is_made:
        print("Making .venv…", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        _run([sys.executable, "-m", "venv", VENV])
    print(f"Installing the locked dependencies ({kind})…", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Most modules of the libraries are never imported; Python compiles the others itself.
    # A lock file names all there is: pip resolving it again would take a newer release
    # for a library that is asked for with an extra, and then refuse it for its hash.
    pip += ["--no-compile", "--no-deps"]
    # What is downloaded is half a gigabyte, and /tmp may be a small piece of memory.
    with tempfile.TemporaryDirectory(dir=VENV) as folder:
        environment = {**os.environ, "TMPDIR": folder, "PIP_USE_PEP517": "1"}
        # Some are only there as source. What builds them is locked as well, and comes first:
        # else pip would fetch its newest release, and ask for no hash.
        _run([*pip, "--require-hashes", "-r", LOCKS / "tools.txt"], environment)
        pip += ["--no-build-isolation"]
        _run([*pip, "--require-hashes", "-r", LOCKS / f"{kind}.txt"], environment)
        _run([*pip, "-e", "."], environment)


def _has_venv():
    """Return whether .venv has a Python that works, with pip."""
    pip = [PYTHON, "-m", "pip", "--version"]
    return PYTHON.is_file() and subprocess.call(pip, stdout=subprocess.DEVNULL) == 0


def _is_stale(catalogue):
    compiled = catalogue.with_suffix(".mo")
    return not compiled.is_file() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def python(*arguments, output=None, **variables):
    """Run the project's Python in the project's folder and return its exit code.

    What it prints goes to `output`, if that is given.
    """
    environment = dict(os.environ, **variables)
    # The tests start Python hundreds of times: what was compiled once is kept for the next.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.call([PYTHON, *arguments], cwd=ROOT, env=environment, stdout=output)


def _compile_tests():
    """Let one process compile what in a fresh clone each worker would compile, all at once."""
    if not any(ROOT.glob("tests/*/__pycache__/*-pytest-*.pyc")):
        print("Compiling the tests…", flush=True)
        python("-m", "pytest", "--compile", output=subprocess.DEVNULL)


def _pytest(*arguments):
    """Run pytest; its folders are in memory where there is room, so that no sync waits for a disk.

    What the syncs are for is tried by tests that record them and cut the power in between.
    """
    folder = system.folder_in_memory()
    # In somebody else's checkout pytest can't note what failed, and would end with a traceback.
    cache = [] if os.access(ROOT, os.W_OK) else ["-p", "no:cacheprovider"]
    variables = {"TMPDIR": folder} if folder else {}
    return python("-m", "pytest", *cache, *arguments, **variables)


def _fingerprint(kind):
    parts = [LOCKS / f"{kind}.txt", LOCKS / "tools.txt", ROOT / "pyproject.toml"]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _run(command, environment=None):
    code = subprocess.call(command, cwd=ROOT, env=environment)
    if code:
        print("The set-up failed; the reason is printed above.")
        sys.exit(code)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
