"""Validation of the exported sample by outside tools, for `packaging/dev.py judges`.

    python packaging/judges.py            export the sample, then validate it
    python packaging/judges.py FOLDER     validate an existing export

The Nu HTML checker (npm vnu-jar, which is what validator.w3.org runs) reads
every page and style sheet, openapi-spec-validator the API's description, and
its JSON Schemas are validated against the schema of schemas.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "judges"
VNU = "vnu-jar@26.9.27"
LINES_SHOWN = 60


def main(arguments=()):
    """Run every judge, print a table, and return 0 when none found an error."""
    if missing := [name for name in ("java", "npm") if shutil.which(name) is None]:
        print(f"The judges need {' and '.join(missing)}. On Debian: apt install default-jre npm")
        return 1
    folder = Path(arguments[0]) if arguments else export_sample()
    verdicts = [
        judge_pages(folder, "html"),
        judge_pages(folder, "css"),
        judge_description(folder),
        judge_schemas(folder),
    ]
    print(f"\n{'judge':<24}{'read':>7}{'errors':>8}{'warnings':>10}")
    for name, read, errors, warnings in verdicts:
        print(f"{name:<24}{read:>7}{errors:>8}{warnings:>10}")
    if unused := [name for name, read, _, _ in verdicts if not read]:
        print(f"Nothing to read for: {', '.join(unused)}. Is {folder} an export?")
    return 1 if unused or any(errors for _, _, errors, _ in verdicts) else 0


def export_sample():
    """Make the sample desk and both exports below build/, and return their folder."""
    from editor.core import times  # noqa: PLC0415  a folder can be validated without Stonehand
    from editor.formats.exporters import EXPORTERS  # noqa: PLC0415
    from editor.formats.output import FolderOutput  # noqa: PLC0415
    from editor.progress import Progress  # noqa: PLC0415
    from editor.sample import make_sample  # noqa: PLC0415

    folder = BUILD / "exports"
    for old in (folder, BUILD / "Sample.desk"):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True)
    with make_sample(BUILD / "Sample.desk") as desk, desk.read() as snapshot:
        edition = snapshot.edition(None, times.now())
        for exporter in EXPORTERS:
            with FolderOutput(folder / exporter.name) as output:
                report = exporter.write(edition, output, Progress())
            print(f"Exported {exporter.title}: {report.files} files")
    return folder


def judge_pages(folder, kind):
    """Validate every file of a kind (html, css) with the Nu HTML checker; print its messages."""
    files = sorted(folder.rglob(f"*.{kind}"))
    counts = Counter()
    for start in range(0, len(files), 500):
        for message in check_files(files[start : start + 500], kind):
            counts[message["type"]] += 1
            if counts.total() <= LINES_SHOWN:
                place = message.get("url", "").rpartition(f"/{folder.name}/")[2]
                print(f"{place}:{message.get('lastLine', 0)}: {message['message']}")
    warnings = counts.pop("info", 0)
    return f"Nu HTML checker, {kind}", len(files), counts.total(), warnings


def check_files(files, kind):
    """Return the checker's messages about some files; those of type `info` are warnings."""
    command = ["java", "-jar", checker_jar(), "--format", "json", "--stdout", "--exit-zero-always"]
    command += [f"--{kind}"] if kind == "css" else []
    output = subprocess.run([*command, *files], check=True, capture_output=True, text=True).stdout
    messages = json.loads(output)["messages"]
    # Without an origin 'self' matches nothing, so the checker warns of every file's own
    # assets, and of JSON-LD, which is data. A browser tests the policy in tests/e2e.
    return [
        message for message in messages if "Content Security Policy (meta" not in message["message"]
    ]


def judge_description(folder):
    """Validate the API's description with openapi-spec-validator."""
    from openapi_spec_validator import OpenAPIV31SpecValidator  # noqa: PLC0415

    files = list(folder.rglob("openapi.json"))
    errors = 0
    for file in files:
        for error in OpenAPIV31SpecValidator(json.loads(file.read_bytes())).iter_errors():
            print(f"{file.relative_to(folder)}: {error.message}")
            errors += 1
    return "openapi-spec-validator", len(files), errors, 0


def judge_schemas(folder):
    """Validate the API's JSON Schemas against the schema of schemas."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    files = list(folder.rglob("*.schema.json"))
    errors = 0
    for file in files:
        schema = json.loads(file.read_bytes())
        for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(schema):
            print(f"{file.relative_to(folder)}: {error.message}")
            errors += 1
    return "JSON Schema 2020-12", len(files), errors, 0


def checker_jar():
    """Return the path of the checker's jar, fetched from npm into build/ at the first use."""
    jar = BUILD / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.is_file():
        BUILD.mkdir(parents=True, exist_ok=True)
        print(f"Fetching {VNU}…", flush=True)
        npm = [shutil.which("npm"), "install", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*npm, "--prefix", BUILD, VNU], check=True, stdout=subprocess.DEVNULL)
    return jar


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
