"""Two people's banners merged: no word of either is lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from editor.core.brief import Banner, Brief
from editor.gui.banner.merge import merge_banners

A, B, C = (Brief(id=letter, title=letter.upper()) for letter in "abc")


def test_changes_of_one_side_are_merged() -> None:
    base = Banner((A, B))
    mine = Banner((B, replace(A, title="Mine")))
    theirs = Banner((A, replace(B, summary="Theirs"), C))
    merged = merge_banners(base, mine, theirs)
    assert merged.banner.briefs == (replace(B, summary="Theirs"), replace(A, title="Mine"), C)
    assert merged.conflicts == ()


def test_brief_changed_by_both_is_in_the_banner_twice() -> None:
    mine, theirs = replace(A, title="Mine"), replace(A, title="Theirs")
    merged = merge_banners(Banner((A, B)), Banner((mine, B)), Banner((theirs, B)))
    assert [brief.title for brief in merged.banner.briefs] == ["Mine", "Theirs", "B"]
    assert len({brief.id for brief in merged.banner.briefs}) == 3
    assert merged.conflicts == ("Mine",)


def test_brief_removed_by_one_side_and_changed_by_the_other_stays() -> None:
    changed = replace(A, title="Changed")
    assert merge_banners(Banner((A, B)), Banner((B,)), Banner((changed, B))).banner.briefs == (
        B,
        changed,
    )
    assert merge_banners(Banner((A, B)), Banner((changed, B)), Banner((B,))).banner.briefs == (
        changed,
        B,
    )
    assert merge_banners(Banner((A, B)), Banner((B,)), Banner((A, B))).banner.briefs == (B,)


_banners = st.lists(
    st.builds(Brief, id=st.sampled_from("abcde"), title=st.sampled_from(("", "x", "y", "z"))),
    max_size=5,
    unique_by=lambda brief: brief.id,
).map(lambda briefs: Banner(tuple(briefs)))


@given(_banners, _banners, _banners)
def test_no_changed_title_is_lost(base: Banner, mine: Banner, theirs: Banner) -> None:
    merged = merge_banners(base, mine, theirs).banner
    titles = {brief.title for brief in merged.briefs}
    for side in (mine, theirs):
        assert {brief.title for brief in side.briefs if brief not in base.briefs} <= titles
    assert len({brief.id for brief in merged.briefs}) == len(merged.briefs)
