"""Judges of files by themselves: HTML, CSS, the description of the API, and its schemas."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from exports import Site
from tools import VNU, Verdict, java

_AT_ONCE = 400


def judge_markup(sites: Sequence[Site], kind: str) -> Verdict:
    """Validate every file of a kind (html, css) with the Nu HTML checker of the W3C."""
    verdict, warnings = Verdict(f"Nu HTML checker, {kind}"), 0
    for site in sites:
        files = sorted(site.folder.rglob(f"*.{kind}"))
        verdict.read += len(files)
        for start in range(0, len(files), _AT_ONCE):
            for message in _messages(files[start : start + _AT_ONCE], kind):
                place = message.get("url", "").rpartition(f"/{site.folder.name}/")[2]
                line = f"{site.name}/{place}:{message.get('lastLine', 0)}: {message['message']}"
                if message["type"] == "info":
                    warnings += 1
                else:
                    verdict.wrong.append(line)
    verdict.result = f"{len(verdict.wrong)} errors, {warnings} warnings"
    return verdict


def _messages(files: Sequence[Path], kind: str) -> list[dict[str, str]]:
    options = ["-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always"]
    options += ["--css"] if kind == "css" else []
    messages: list[dict[str, str]] = json.loads(java(options, files))["messages"]
    # Without an origin 'self' matches nothing, so the checker warns of every file's own
    # assets, and of JSON-LD, which is data. A browser judges the policy.
    return [
        message for message in messages if "Content Security Policy (meta" not in message["message"]
    ]


def judge_description(api: Path) -> Verdict:
    """Validate the API's description with openapi-spec-validator."""
    from openapi_spec_validator import OpenAPIV31SpecValidator  # noqa: PLC0415

    verdict = Verdict("openapi-spec-validator")
    for file in api.rglob("openapi.json"):
        verdict.read += 1
        errors = OpenAPIV31SpecValidator(json.loads(file.read_bytes())).iter_errors()
        verdict.wrong += [f"{file.relative_to(api)}: {error.message}" for error in errors]
    verdict.result = f"{len(verdict.wrong)} errors"
    return verdict


def judge_schemas(api: Path) -> Verdict:
    """Validate the API's JSON Schemas against the schema of schemas."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    verdict = Verdict("JSON Schema 2020-12")
    for file in sorted(api.rglob("*.schema.json")):
        verdict.read += 1
        schema = json.loads(file.read_bytes())
        errors = Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(schema)
        verdict.wrong += [f"{file.relative_to(api)}: {error.message}" for error in errors]
    verdict.result = f"{len(verdict.wrong)} errors"
    return verdict
