"""The fixes of one kind, as one."""

from __future__ import annotations

from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.gui.draft.fixes import fix_of_kind


def found(check: str, *edits: Edit) -> Finding:
    fixes = (Fix("Use one", edits),) if edits else ()
    return Finding(check, Level.HINT, "Wrong", "", TextPlace("body"), fixes)


def test_fixes_of_one_check_become_one_and_those_of_others_are_left() -> None:
    one, two = Edit("body", 0, 1, "a"), Edit("headline", 0, 1, "b")
    findings = [found("a", one), found("b", Edit("body", 4, 5, "c")), found("a"), found("a", two)]
    assert fix_of_kind(findings, "a") == Fix("Use one", (one, two))
    assert fix_of_kind(findings, "c") is None
    assert fix_of_kind([found("a")], "a") is None


def test_fix_of_a_place_that_another_one_takes_is_left_out() -> None:
    one, over, beside = (
        Edit("body", 0, 4, "a"),
        Edit("body", 3, 6, "b"),
        Edit("body", 8, 9, "c"),
    )
    findings = [found("a", one), found("a", over), found("a", beside)]
    assert fix_of_kind(findings, "a") == Fix("Use one", (one, beside))
