"""Ask whether a known hole is in a locked library: the Python Packaging Advisory Database, or OSV.

    python3 packaging/dev.py audit              ask PyPI, and OSV where PyPI does not answer
    python3 packaging/dev.py audit --osv-url URL   ask another server that speaks OSV's language

Everything in the locks is asked about, whatever system it is for. Names and versions leave this
computer, and nothing else. Exit codes: 0 everything was looked up and nothing is known, 1 there
are holes, 3 it is not known: no database answered, or not for every library.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LOCKS = Path(__file__).resolve().parent / "requirements"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)

CLEAN, HOLES, UNKNOWN = 0, 1, 3


def main(arguments):
    """Audit every lock, print what was found, and return the exit code."""
    options = _options(arguments)
    locked = locked_libraries(options.locks)
    asked = ["osv"] if options.osv_url else ["pypi", "osv"]
    answer, reasons = None, []
    for service in asked:
        answer, reason = ask(service, locked, options)
        if answer is not None:
            break
        reasons.append(f"{service}: {reason}")
    if answer is None:
        print(f"Not known: no database of holes answered for {len(locked)} libraries.")
        print("\n".join(f"  {reason}" for reason in reasons))
        print("Try again where the internet can be reached. This is not a clean audit.")
        return UNKNOWN
    return tell(answer, locked, service)


def _options(arguments):
    parser = argparse.ArgumentParser(prog="dev.py audit", description=__doc__.partition("\n")[0])
    parser.add_argument("--osv-url", help="ask this server instead")
    parser.add_argument("--timeout", default="15", help="seconds to wait for an answer")
    parser.add_argument("locks", nargs="*", type=Path, default=sorted(LOCKS.glob("*.txt")))
    return parser.parse_args(arguments)


def locked_libraries(locks):
    """Return all libraries of some lock files, each with its version: `name==version`."""
    found = {pin for lock in locks for pin in LOCKED.findall(lock.read_text(encoding="utf-8"))}
    return sorted(f"{name}=={version}" for name, version in found)


def ask(service, locked, options):
    """Return what pip-audit says of libraries by one service, or None and the reason."""
    with tempfile.TemporaryDirectory() as folder:
        # A library for another system only would be left out by its marker, without a word.
        # Each in a file of its own name: two locks may have two versions of one library.
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
        return json.loads(done.stdout)["dependencies"], ""
    except (ValueError, KeyError):
        said = [line for line in done.stderr.splitlines() if line.strip()]
        return None, said[-1] if said else f"pip-audit ended with code {done.returncode}"


def tell(answer, locked, service):
    """Print the holes, and what was not looked up; return the exit code."""
    looked_up = {
        f"{_canonical(row['name'])}=={row['version']}" for row in answer if "version" in row
    }
    missing = [pin for pin in locked if _canonical(pin) not in looked_up]
    holes = [(row, hole) for row in answer for hole in row.get("vulns", ())]
    for row, hole in holes:
        fixed = ", ".join(hole["fix_versions"]) or "no release yet"
        print(f"{row['name']} {row['version']}: {hole['id']}, fixed in {fixed}")
        print(f"    {hole.get('description', '')[:200]}")
    for pin in missing:
        print(f"{pin}: not looked up; {service} does not know it")
    if holes:
        print(f"{len(holes)} known holes in {len({row['name'] for row, _ in holes})} libraries.")
        return HOLES
    if missing:
        print(f"{len(missing)} of {len(locked)} libraries are unknown. This is not a clean audit.")
        return UNKNOWN
    print(f"No hole is known in {len(locked)} locked libraries; {service} was asked.")
    return CLEAN


def _canonical(name):
    return re.sub(r"[-_.]+", "-", name.partition("==")[0]).lower() + "".join(
        name.partition("==")[1:]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
