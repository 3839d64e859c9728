"""Schemathesis asks a served API for what its description promises, and for what it does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.serving.served import Served
from tests.serving.test_api_clients import tree


@pytest.fixture(scope="module")
def description(paper_api: Served) -> Any:
    """The description, with addresses that lead to files beside those that lead to none."""
    import schemathesis  # for half a second, which no other test should wait for

    spec = json.loads((paper_api.folder / "v1" / "openapi.json").read_bytes())
    schema = schemathesis.openapi.from_dict(spec)
    schema.config.update(base_url=f"http://127.0.0.1:{paper_api.port}/v1")
    return schema


def test_no_address_of_the_description_answers_otherwise_than_it_says(description: Any) -> None:
    asked = 0
    for result in description.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=10,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate()

        ask()
    assert asked >= 100


def test_every_document_answers_as_the_description_says(
    paper_api: Served, description: Any
) -> None:
    operations = {
        result.ok().definition.raw["operationId"]: result.ok()
        for result in description.get_all_operations()
    }
    seen = set()
    for document in tree(paper_api):
        if document.operation in seen and not document.path.endswith("7.json"):
            continue  # a client reads all of them; here the checks are many
        seen.add(document.operation)
        case = operations[document.operation].Case(path_parameters=dict(document.parameters))
        answer = case.call_and_validate()
        assert answer.status_code == 200, document.path
    assert len(seen) == len(
        [path for path in operations if not path.endswith(("Script", "ndition"))]
    )
