"""`stonehand replace`: find words in stories, show what replacing them would change, and do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import acting_person, desk_option, json_option, open_desk, with_key
from editor.cli.printing import one_line, say, say_json, showing_progress
from editor.core.fields import full_label
from editor.core.workflow import parse_stage
from editor.errors import BadValue, EditorError, KeyUnavailable
from editor.i18n import _, plural
from editor.store.reading.rows import Filter, StoryRow

if TYPE_CHECKING:
    from editor.store.desk import Desk
    from editor.store.reading.snapshot import Snapshot
    from editor.store.reading.story_changes import StoryChanges, StoryReplacing
    from editor.text.find import FindQuery
    from editor.text.replace import TextChange

_AROUND = 30
"""Characters that are shown on either side of a change."""
_View = dict[str, object]


@dataclass(slots=True)
class _Outcome:
    """What was found in all stories, and what became of it."""

    stories: list[_View] = field(default_factory=list)
    refused: list[_View] = field(default_factory=list)
    changes: int = 0


@dataclass(frozen=True, slots=True)
class _Where:
    """Which stories: some by name, or those of a stage and a section."""

    slugs: tuple[str, ...]
    wanted: Filter


@click.command("replace")
@click.argument("words", metavar="FIND")
@click.argument("by", metavar="REPLACEMENT")
@click.argument("slugs", metavar="[SLUG…]", nargs=-1)
@desk_option
@click.option("--stage", default=None, help="Only this stage: draft, in review, approved, spiked.")
@click.option("--section", default=None, help="Only this section, by its slug.")
@click.option("--whole-words", is_flag=True, help="Find FIND only as whole words.")
@click.option("--match-case", is_flag=True, help="Let capitals count.")
@click.option("--expression", is_flag=True, help="FIND is a regular expression; $1 is a group.")
@click.option("--ignore-diacritics", is_flag=True, help="Find letters with and without accents.")
@click.option("--write", is_flag=True, help="Save the changed texts as new versions.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Who changes them.")
@json_option
def replace(
    words: str,
    by: str,
    slugs: tuple[str, ...],
    desk_path: Path,
    stage: str | None,
    section: str | None,
    person: str | None,
    *,
    write: bool,
    as_json: bool,
    **ways: bool,
) -> None:
    """Show what replacing FIND would change in the named stories, or in all; --write does it.

    A new version has no approval. A story that can't be changed is named with the reason.
    """
    from editor.store.reading.story_changes import StoryReplacing  # noqa: PLC0415  not for --help
    from editor.text.replace import Replacing  # noqa: PLC0415  nor this

    outcome = _Outcome()
    with open_desk(desk_path, writes=write) as desk:
        replacing = Replacing(_query(words, **ways), by)
        where = _Where(slugs, Filter(stage=parse_stage(stage) if stage else None, section=section))
        with desk.read() as snapshot:
            actor = snapshot.person(acting_person(desk, person))
        work = StoryReplacing(replacing, actor, desk.journal)
        for story in _found(desk, work, where):
            view = _view(desk, work, story)
            if story.refusal is None and write:
                view |= _write(desk, work, story, outcome)
            elif story.refusal is not None:
                _refuse(outcome, story.row, story.refusal)
            if story.refusal is None and "refused" not in view:
                outcome.changes += story.count
                outcome.stories.append(view)
            if not as_json:
                _print(view)
        if write and outcome.stories and desk.keys.is_locked:
            # Beside the list, which may be JSON.
            sentence = _("What was changed waits for the signature of {person}.")
            say(sentence.format(person=actor.name), err=True)
    _finish(outcome, write=write, as_json=as_json)


def _query(
    words: str,
    *,
    whole_words: bool,
    match_case: bool,
    expression: bool,
    ignore_diacritics: bool,
) -> FindQuery:
    from editor.text.find import FindQuery  # noqa: PLC0415  `--help` needs it not

    return FindQuery(
        words,
        whole_word=whole_words,
        match_case=match_case,
        regular_expression=expression,
        ignore_diacritics=ignore_diacritics,
    )


def _found(desk: Desk, work: StoryReplacing, where: _Where) -> Iterator[StoryChanges]:
    """Yield the stories in which something is found, a page at a time.

    What a page yields may be saved before the next one is read: that comes last in the order
    and is not looked through again.
    """
    seen: set[str] = set()
    if where.slugs:
        with desk.read() as snapshot:
            rows = [snapshot.row(story) for story in dict.fromkeys(snapshot.find_all(where.slugs))]
            found = list(work.read_rows(snapshot, rows))
        yield from found
        return
    after: int | None = None
    with desk.read() as snapshot:
        total, last = snapshot.count(where.wanted), _last(snapshot, where.wanted)
    read = 0
    with showing_progress() as progress:
        while True:
            with desk.read() as snapshot:
                page = work.read_page(snapshot, where.wanted, after)
            read += page.read
            progress.report(min(read, total), total)
            for story in page.stories:
                if story.row.id not in seen and story.row.touched <= last:
                    seen.add(story.row.id)
                    yield story
            after = page.after
            if after is None or after >= last:
                return


def _last(snapshot: Snapshot, wanted: Filter) -> int:
    """Return the place of the story that was changed last when the work began."""
    return max((row.touched for row in snapshot.rows(wanted, limit=1)), default=0)


def _view(desk: Desk, work: StoryReplacing, story: StoryChanges) -> _View:
    """Describe a story and what would change in it, for JSON and for people."""
    changes: list[_View] = []
    if story.count:
        with desk.read() as snapshot:
            text, found = work.changes(snapshot, story.row.id, story.row.version)
        from editor.core.paths import text_at  # noqa: PLC0415  `--help` needs it not

        changes = [_change_view(change, text_at(text, change.path)) for change in found]
    view: _View = {
        "story": story.row.slug,
        "version": story.row.version,
        "stage": str(story.row.stage),
        "publication": str(story.row.publication),
        "changes": changes,
    }
    if story.refusal is not None:
        view["refused"] = f"{story.refusal.sentence} {story.refusal.hint}".strip()
    return view


def _change_view(change: TextChange, text: str) -> _View:
    return {
        "field": change.path,
        "start": change.start,
        "end": change.end,
        "old": change.old,
        "new": change.new,
        "before": text[max(0, change.start - _AROUND) : change.start],
        "after": text[change.end : change.end + _AROUND],
    }


def _write(desk: Desk, work: StoryReplacing, story: StoryChanges, outcome: _Outcome) -> _View:
    """Save a story's new version; what can't be changed is named, and the others are done."""
    from editor.store.replacement import replace_in_story  # noqa: PLC0415  `--help` needs it not

    row = story.row
    try:
        done = with_key(desk, lambda: replace_in_story(desk, work, row.id, row.version))
    except KeyUnavailable:
        raise
    except EditorError as error:
        _refuse(outcome, row, error)
        return {"refused": f"{error.sentence} {error.hint}".strip()}
    return {"new_version": done.after}


def _refuse(outcome: _Outcome, row: StoryRow, error: EditorError) -> None:
    reason = f"{error.sentence} {error.hint}".strip()
    outcome.refused.append({"story": row.slug, "version": row.version, "reason": reason})


def _print(view: _View) -> None:
    name, number = view["story"], view["version"]
    say(one_line(_("“{slug}” (version {n})").format(slug=name, n=number)))
    changes = view["changes"]
    for change in changes if isinstance(changes, list) else ():
        words = f"{change['before']}[-{change['old']}-]{{+{change['new']}+}}{change['after']}"
        say(f"  {full_label(change['field'])}: {' '.join(words.split())}")
    if "refused" in view:
        say(one_line(_("  Can't be changed: {reason}").format(reason=view["refused"])))
    elif "new_version" in view:
        say(_("  Saved as version {n}.").format(n=view["new_version"]))


def _finish(outcome: _Outcome, *, write: bool, as_json: bool) -> None:
    changes = plural("{n} change", "{n} changes", outcome.changes)
    stories = plural("{n} story", "{n} stories", len(outcome.stories))
    if as_json:
        say_json({"written": write, "stories": outcome.stories, "refused": outcome.refused})
    elif not outcome.stories and not outcome.refused:
        say(_("Nothing was found."))
    elif write:
        say(_("{changes} made in {stories}.").format(changes=changes, stories=stories))
    else:
        say(
            _("{changes} in {stories}. Nothing was written; --write does it.").format(
                changes=changes, stories=stories
            )
        )
    if write and outcome.refused:
        refused = plural("{n} story", "{n} stories", len(outcome.refused))
        raise BadValue(
            _("{stories} could not be changed.").format(stories=refused),
            _("The reason is given above."),
        )
