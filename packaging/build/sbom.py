"""Write what a build is made of as a bill of materials: CycloneDX 1.6, JSON.

    build/venv/bin/python packaging/build/sbom.py FOLDER dist     write it into dist
    .venv/bin/python packaging/build/sbom.py --check FILE         hold it against the schema

FOLDER is frozen and has its licences (licences.py). Versions must be the locked ones. What wheels
say of the libraries inside them (PEP 770) becomes part of it, and the libraries in Rust that are
named in a file. The same commit gives the same bytes: number and time are the commit's.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import tomllib
import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import commit
import licences as collected
from identity import ROOT, VERSION
from owners import OURS

from editor.licences import BUILT, canonical_name, needed_names

LOCK = ROOT / "packaging" / "requirements" / "run.txt"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
CRATE = re.compile(rb"/registry/src/[^/\x00]+/([A-Za-z0-9_-]+?)-(\d+\.\d+\.\d+[0-9A-Za-z.+-]*)/")
SPEC_VERSION = "1.6"
# A licence's name is an expression (SPDX) if it has nothing but its words.
EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")

Row = dict[str, Any]
"""A part as JSON has it."""


class NotLocked(Exception):
    """A bundled distribution has another version than the lock."""


def main(arguments: list[str]) -> int:
    """Write the bill, or check one; print what is wrong and return 1."""
    if arguments[0] == "--check":
        try:
            problems = faults(Path(arguments[1]).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            problems = [f"{arguments[1]} can't be read: {error}."]
        print("\n".join(problems) or "The bill of materials is valid CycloneDX 1.6.")
        return 1 if problems else 0
    folder, target = map(Path, arguments)
    rows = json.loads(
        (collected.inner(folder) / "resources" / "licences" / BUILT).read_text(encoding="utf-8")
    )
    try:
        require_locked(rows, dict(LOCKED.findall(LOCK.read_text(encoding="utf-8"))))
    except NotLocked as problem:
        print(problem, file=sys.stderr)
        return 1
    made = bill(rows, commit.name(ROOT), commit.time(ROOT))
    text = json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    file = target / f"{OURS}-{VERSION}-{sys.platform}-{platform.machine().lower()}.cdx.json"
    file.write_text(text, encoding="utf-8", newline="\n")
    print(f"{file.name}: {len(made['components'])} components")
    return 0


def require_locked(rows: Iterable[Row], locked: Mapping[str, str]) -> None:
    """Raise NotLocked if a distribution has another version than the lock says."""
    versions = {canonical_name(name): version for name, version in locked.items()}
    other = [
        f"{row['name']} is {row['version']}, locked is {versions[row['name']]}"
        for row in rows
        if versions.get(row["name"], row["version"]) != row["version"]
    ]
    if other:
        raise NotLocked("The build has other versions than its lock:\n  " + "\n  ".join(other))


def bill(rows: Iterable[Row], revision: str, made_at: int) -> Row:
    """Return the bill as CycloneDX has it: `made_at` is in seconds since 1970."""
    installed = {canonical_name(found.metadata["Name"]): found for found in distributions()}
    known = json.loads((collected.KNOWN / "included.json").read_text(encoding="utf-8"))
    parts = [component(row, installed) for row in rows]
    own, others = parts[0], parts[1:]
    references = {part["name"]: part["bom-ref"] for part in parts if "#" not in part["bom-ref"]}
    for part in others:
        within = inner_parts(installed.get(part["name"]), known["not-inside"].get(part["name"], ()))
        if within:
            part["components"] = within
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{own['purl']}@{revision}")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(made_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {**own, "type": "application"},
            "properties": [{"name": "commit", "value": revision}],
        },
        "components": others,
        "dependencies": [
            {"ref": part["bom-ref"], "dependsOn": asked_for(part["name"], installed, references)}
            for part in parts
        ],
    }


def component(row: Row, installed: Mapping[str, Distribution]) -> Row:
    """Return one part as a component; what is within another has that one's name before it."""
    name, version = row["name"], row["version"]
    if name == OURS:
        address = f"pkg:generic/stonehand@{VERSION}"
    elif name in installed:
        address = f"pkg:pypi/{name}@{version}"
    else:
        address = f"pkg:generic/{re.sub(r'[^A-Za-z0-9.-]+', '-', name).lower()}"
        address += f"@{version.replace('+', '%2B').replace(':', '%3A')}" if version else ""
    reference = f"{row['within']}#{name}" if row["within"] else address
    made: Row = {"type": "library", "bom-ref": reference, "name": name, "purl": address}
    if version:
        made["version"] = version
    return made | {"licenses": [licence(row["licence"])]}


def licence(text: str) -> Row:
    """Return a licence as an expression, or by its name where it is none."""
    return {"expression": text} if EXPRESSION.fullmatch(text) else {"license": {"name": text}}


def asked_for(
    name: str, installed: Mapping[str, Distribution], references: Mapping[str, str]
) -> list[str]:
    """Return the references of what a distribution asks for, as far as it is in the build."""
    if name == OURS:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        lines = project["dependencies"]
    else:
        lines = installed[name].requires if name in installed else None
    names = {canonical_name(needed) for needed in needed_names(lines or ())}
    return sorted(references[name] for name in names & references.keys())


def inner_parts(distribution: Distribution | None, absent: Collection[str]) -> list[Row]:
    """Return what a wheel says it holds, and the libraries in Rust that its files name."""
    if distribution is None:
        return []
    found: dict[tuple[str, str], Row] = {}
    for file in sorted(distribution.files or (), key=str):
        path = Path(str(distribution.locate_file(file)))
        if file.match("*.dist-info/sboms/*.json"):
            for part in json.loads(path.read_text(encoding="utf-8")).get("components", ()):
                own = canonical_name(part["name"].partition(".")[0])
                if part["name"] not in absent and own not in (distribution.name.lower(), "pil"):
                    found.setdefault((part["name"], part.get("version", "")), part)
        elif path.suffix in (".so", ".pyd", ".dll", ".dylib") and path.is_file():
            for name, version in CRATE.findall(path.read_bytes()):
                crate = {"name": name.decode(), "version": version.decode()}
                crate["purl"] = f"pkg:cargo/{crate['name']}@{crate['version']}".replace("+", "%2B")
                found.setdefault((crate["name"], crate["version"]), crate)
    reference = canonical_name(distribution.name)
    return [
        copied(part, f"{reference}#{name}@{version}")
        for (name, version), part in sorted(found.items())
    ]


def copied(part: Row, reference: str) -> Row:
    """Return what we keep of a component of another bill: its name, version, address, licences."""
    kept = {key: part[key] for key in ("name", "version", "purl", "licenses") if part.get(key)}
    if "purl" in kept:
        # Where its maker had it on a disk is nobody's address.
        kept["purl"] = kept["purl"].partition("?")[0]
    return {"type": "library", "bom-ref": reference, **kept}


def faults(text: str) -> list[str]:
    """Return where a bill is not as the schema of CycloneDX 1.6 wants it."""
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415  of the tests' libraries
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    try:
        error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    except ValueError as no_json:
        return [f"It is no JSON: {no_json}."]
    if error is not None:
        # All of the error would be the whole schema.
        return [f"{error.data.json_path}: {error.data.message}"]
    # The schema takes any number there.
    version = json.loads(text)["specVersion"]
    return [] if version == SPEC_VERSION else [f"$.specVersion: {version} is not {SPEC_VERSION}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
