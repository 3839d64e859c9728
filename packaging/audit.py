"""Ask whether a known hole is in a locked library: the Python Packaging Advisory Database, or OSV.

    python3 packaging/dev.py audit              ask PyPI, and OSV where PyPI does not answer
    python3 packaging/dev.py audit --osv-url URL   ask another server that speaks OSV's language

Everything in the locks is asked about, whatever system it is for. Names and versions leave this
computer, and nothing else. Exit codes: 0 everything was looked up and nothing is known, 1 there
are holes, 3 it is not known: no database answered, or not for every library.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

LOCKS = Path(__file__).resolve().parent / "requirements"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)

CLEAN, HOLES, UNKNOWN = 0, 1, 3
LONGEST_REASON = 160

Row = dict[str, Any]
"""What pip-audit says of a library."""


def main(arguments: Sequence[str]) -> int:
    """Audit every lock, print what was found, and return the exit code."""
    options = _options(arguments)
    locked = locked_libraries(options.locks)
    known: dict[str, Row] = {}
    reasons = []
    for service in ["osv"] if options.osv_url else ["pypi", "osv"]:
        missing = [pin for pin in locked if _canonical(pin) not in known]
        if missing:
            answer, reason = ask(service, missing, options)
            known |= answer
            reasons.append(f"{service}: {reason or f'knows {len(answer)} of {len(missing)}'}")
    return tell(known, locked, reasons)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py audit", description=__doc__.partition("\n")[0])
    parser.add_argument("--osv-url", help="ask this server instead")
    parser.add_argument("--timeout", default="15", help="seconds to wait for an answer")
    parser.add_argument("locks", nargs="*", type=Path, default=sorted(LOCKS.glob("*.txt")))
    return parser.parse_args(arguments)


def locked_libraries(locks: Iterable[Path]) -> list[str]:
    """Return all libraries of some lock files, each with its version: `name==version`."""
    found = {pin for lock in locks for pin in LOCKED.findall(lock.read_text(encoding="utf-8"))}
    return sorted(f"{name}=={version}" for name, version in found)


def ask(
    service: str, locked: Sequence[str], options: argparse.Namespace
) -> tuple[dict[str, Row], str]:
    """Return what pip-audit says of libraries by one service, by `name==version`.

    Where nothing comes back, the reason is returned with it.
    """
    with tempfile.TemporaryDirectory() as folder:
        # A library for another system only would be left out by its marker, without a word.
        requirements = Path(folder, "libraries.txt")
        requirements.write_text("\n".join(locked) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--progress-spinner", "off"]
        command += ["--disable-pip", "--no-deps", "--format", "json", "--desc", "on"]
        command += ["--cache-dir", folder, "--timeout", options.timeout]
        command += ["--vulnerability-service", service, "--requirement", str(requirements)]
        if options.osv_url:
            command += ["--osv-url", options.osv_url]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        rows = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        said = [line for line in done.stderr.splitlines() if line.strip()]
        reason = said[-1] if said else f"pip-audit ended with code {done.returncode}"
        return {}, reason[:LONGEST_REASON]
    # One that the service does not know has a reason instead of a version.
    answered = [row for row in rows if "version" in row]
    return {_canonical(f"{row['name']}=={row['version']}"): row for row in answered}, ""


def tell(known: Mapping[str, Row], locked: Sequence[str], reasons: Sequence[str]) -> int:
    """Print the holes, and what nobody knows; return the exit code."""
    missing = [pin for pin in locked if _canonical(pin) not in known]
    holes = [(row, hole) for row in known.values() for hole in row["vulns"]]
    for row, hole in holes:
        fixed = ", ".join(hole["fix_versions"]) or "no release yet"
        print(f"{row['name']} {row['version']}: {hole['id']}, fixed in {fixed}")
        print(f"    {hole.get('description', '')[:200]}")
    if missing:
        print(f"Not known of {len(missing)} of {len(locked)} libraries:", *missing[:10])
        print("\n".join(f"  {reason}" for reason in reasons))
        print("This is not a clean audit: try again where the databases can be reached.")
    if holes:
        print(f"{len(holes)} known holes in {len({row['name'] for row, _ in holes})} libraries.")
        return HOLES
    if missing:
        return UNKNOWN
    print(f"No hole is known in {len(locked)} locked libraries ({'; '.join(reasons)}).")
    return CLEAN


def _canonical(pin: str) -> str:
    """Return `name==version` with the name as all indexes write it (PEP 503)."""
    name, _, version = pin.partition("==")
    return f"{re.sub(r'[-_.]+', '-', name).lower()}=={version}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
