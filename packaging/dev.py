"""Set up, run, test, check and measure Stonehand. Python 3.11 or later, nothing else.

    python3 packaging/dev.py run      open the window on the sample desk
    python3 packaging/dev.py test     the whole test suite (arguments go to pytest)
    python3 packaging/dev.py lint     ruff, mypy --strict and the import rules
    python3 packaging/dev.py bench    the benchmarks (arguments name some of them)
    python3 packaging/dev.py judges   outside validators over the exported sample
    python3 packaging/dev.py lock     renew the lock files (needs uv)

The first call makes .venv and installs the locked, hash-checked dependencies;
later calls see by a stamp that nothing changed and take no set-up time.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = ROOT / "packaging" / "requirements"


def main(arguments):
    """Carry out one verb and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python may read this file
        print("Stonehand needs Python 3.11 or later; this is", sys.version.split()[0])
        return 1
    verb, *rest = arguments or ["help"]
    verbs = {
        "run": run,
        "test": test,
        "lint": lint,
        "bench": bench,
        "judges": judges,
        "lock": lock,
    }
    if verb not in verbs:
        print(__doc__)
        return 0 if verb in ("help", "-h", "--help") else 2
    return verbs[verb](rest)


def run(arguments):
    """Open the window; without a display do the same job headless."""
    set_up("run")
    if system.has_display():
        return python("-m", "editor", *arguments)
    print("There is no display here: doing the sample job without a window.", flush=True)
    return python("packaging/headless.py", *arguments)


def test(arguments):
    """Run the test suite on all cores; with arguments, what pytest makes of them."""
    set_up("dev")
    return python("-m", "pytest", *(arguments or ["-n", "auto", "--dist", "loadfile"]))


def lint(_arguments):
    """Run ruff, mypy and the import linter; every one of them, whatever the first says."""
    set_up("dev")
    return max(
        python("-m", "ruff", "check", "."),
        python("-m", "ruff", "format", "--check", "."),
        python("-m", "mypy"),
        subprocess.call([PYTHON.with_name("lint-imports" + PYTHON.suffix)], cwd=ROOT),
    )


def bench(arguments):
    """Run tests/bench/bench_*.py, each as a program that prints a table."""
    set_up("dev")
    wanted = [f"bench_{name.removeprefix('bench_').removesuffix('.py')}" for name in arguments]
    files = [
        file
        for file in sorted((ROOT / "tests" / "bench").glob("bench_*.py"))
        if not wanted or file.stem in wanted
    ]
    return max((python(file) for file in files), default=2)


def judges(arguments):
    """Let outside validators judge the exported sample."""
    set_up("dev")
    return python("packaging/judges.py", *arguments)


def lock(_arguments):
    """Renew the lock files: versions and hashes for every platform, no index named."""
    uv = shutil.which("uv")
    if not uv:
        print("Renewing the lock files needs uv: pip install uv")
        return 1
    common = [uv, "pip", "compile", "pyproject.toml", "packaging/requirements/build.in"]
    common += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    run_lock, dev_lock = str(LOCKS / "run.txt"), str(LOCKS / "dev.txt")
    return subprocess.call([*common, "-o", run_lock], cwd=ROOT) or subprocess.call(
        [*common, "--group", "dev", "-c", run_lock, "-o", dev_lock], cwd=ROOT
    )


def set_up(kind):
    """Make .venv hold what a lock file says, and the project itself; once per change."""
    stamp = VENV / f"set-up-{kind}"
    if stamp.is_file() and stamp.read_text() == _fingerprint(kind):
        return
    system.install_libraries()
    _make_venv()
    print(f"Installing the locked dependencies ({kind})…", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _must([*pip, "--require-hashes", "-r", LOCKS / f"{kind}.txt"])
    _must([*pip, "--no-deps", "--no-build-isolation", "-e", "."])
    stamp.write_text(_fingerprint(kind))


def python(*arguments):
    """Call the project's Python in the project's folder and return its exit code."""
    environment = dict(os.environ)
    if system.is_root():
        # Chromium's sandbox refuses to run as root; for anyone else it stays on.
        environment.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    return subprocess.call([PYTHON, *arguments], cwd=ROOT, env=environment)


def _make_venv():
    if (
        PYTHON.is_file()
        and subprocess.call([PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL) == 0
    ):
        return
    print("Making .venv…", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.call([sys.executable, "-m", "venv", VENV]):
        system.install_venv()
        shutil.rmtree(VENV, ignore_errors=True)
        _must([sys.executable, "-m", "venv", VENV])


def _fingerprint(kind):
    parts = [LOCKS / f"{kind}.txt", ROOT / "pyproject.toml"]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _must(command):
    code = subprocess.call(command, cwd=ROOT)
    if code:
        print("Set-up stopped; what was printed above says why.")
        sys.exit(code)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
