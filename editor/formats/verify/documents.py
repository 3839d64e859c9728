"""What the documents in an edition prove: mastheads, approvals, and who exported it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from posixpath import dirname

from editor.core.brief import Banner
from editor.core.front import Front
from editor.core.times import CLOCK_TOLERANCE, is_instant_text, parse_instant
from editor.errors import UntrustedSignature
from editor.formats.edition_document import ApprovedText, EditionDocument
from editor.formats.verify.masthead_changes import MastheadChanges
from editor.formats.verify.report import Conclusion, EditionFacts, Severity, StoryFact, moment
from editor.i18n import _, plural
from editor.progress import Progress
from editor.trust.approval import ApprovalReader, ApprovalStatement, ApprovedKind
from editor.trust.edition import EditionStatement, read_edition_statement
from editor.trust.masthead import MastheadChain

_STEP = 256


def prove(
    document: EditionDocument,
    signature: str,
    files: Collection[str],
    sums_hash: str,
    progress: Progress,
) -> EditionFacts:
    """Verify all that edition.json says. Raises Cancelled; a broken proof is a conclusion.

    `signature` is the content of edition.jws, empty where there is none; `files` are
    the paths in SHA256SUMS, and `sums_hash` is the hash of that list.
    """
    try:
        chain = MastheadChain.verified(document.mastheads)
    except UntrustedSignature as error:
        return EditionFacts((Conclusion(Severity.PROBLEM, error.sentence),))
    return _Proving(document, chain, files, sums_hash).facts(signature, progress)


class _Proving:
    """One edition whose mastheads are verified."""

    def __init__(
        self,
        document: EditionDocument,
        chain: MastheadChain,
        files: Collection[str],
        sums_hash: str,
    ) -> None:
        self._document = document
        self._chain = chain
        self._files = files
        self._sums_hash = sums_hash
        self._reader = ApprovalReader(chain)
        self._last_approval: ApprovalStatement | None = None
        self._masthead_changes = MastheadChanges(chain, self._reader)

    def facts(self, signature: str, progress: Progress) -> EditionFacts:
        document, chain = self._document, self._chain
        signed_by, role, signed = self._signature(signature)
        stories = tuple(self._stories(progress))
        conclusions = [
            signed,
            self._mastheads(),
            _approvals(stories),
            self._house(),
            self._banner(),
            *self._front(),
            *self._pages(),
            *self._remarks(),
        ]
        return EditionFacts(
            tuple(conclusions),
            document.format,
            document.generated_at,
            document.what_if,
            signed_by,
            role,
            chain.desk,
            chain.hashes,
            chain.words,
            stories,
        )

    def _signature(self, token: str) -> tuple[str, str, Conclusion]:
        if not token:
            if self._document.signed_by:
                sentence = _("The signature of {name} is missing.")
                return "", "", _problem(sentence.format(name=self._document.signed_by))
            sentence = _(
                "Nobody signed it: approvals can be verified, but not that the pages show what was "
                "approved."
            )
            return "", "", Conclusion(Severity.NOTE, sentence)
        try:
            statement, role, masthead = read_edition_statement(token, self._reader)
        except UntrustedSignature as error:
            sentence = _("The signature of the edition is not valid. {why}")
            return "", "", _problem(sentence.format(why=error.sentence))
        if why := self._difference(statement):
            return "", "", _problem(why)
        sentence = _("{name} ({role}) signed it, on masthead {number}.")
        text = sentence.format(name=statement.by, role=role, number=masthead.number)
        return statement.by, str(role), Conclusion(Severity.OK, text)

    def _difference(self, statement: EditionStatement) -> str:
        """Say where what was signed is not what is here; empty where it is."""
        document = self._document
        if statement.sums != self._sums_hash:
            return _("The list of files was changed after {name} signed it.").format(
                name=statement.by
            )
        if statement.masthead != self._chain.latest_hash:
            return _("{name} signed it under another masthead than the last one in it.").format(
                name=statement.by
            )
        pairs = (
            (statement.by, document.signed_by),
            (statement.desk, document.desk),
            (statement.desk, self._chain.desk),
            (statement.format, document.format),
            (statement.generated_at, document.generated_at),
            (statement.what_if, document.what_if),
        )
        if any(signed != written for signed, written in pairs):
            return _("edition.json does not say what {name} signed.").format(name=statement.by)
        return ""

    def _mastheads(self) -> Conclusion:
        if self._document.desk != self._chain.desk:
            return _problem(_("Its mastheads are those of another desk."))
        number = len(self._chain.mastheads)
        sentence = plural(
            "The masthead is valid.", "The {n} mastheads are valid, from the first on.", number
        )
        return Conclusion(Severity.OK, sentence)

    def _stories(self, progress: Progress) -> Iterator[StoryFact]:
        total = len(self._document.stories)
        document = self._document
        seen = {story.id for story in document.withdrawn}
        seen |= {story.id for story in document.expired}
        for number, story in enumerate(self._document.stories):
            if number % _STEP == 0:
                progress.report(number, total, story.slug)
            if story.id in seen:
                problem = _("It is in the edition twice, or it was killed or has expired.")
                yield StoryFact(story.slug, story.path, problem=problem)
                continue
            seen.add(story.id)
            if story.path not in self._files:
                problem = _("Its page is not in the list of files.")
                yield StoryFact(story.slug, story.path, problem=problem)
                continue
            yield self._story(story.slug, story.path, story.id, story.hash, story.approval)

    def _story(self, slug: str, path: str, story_id: str, hash: str, token: str) -> StoryFact:
        try:
            statement = self._approval("story", ApprovedText(hash, token))
        except UntrustedSignature as error:
            return StoryFact(slug, path, problem=error.sentence)
        if statement.story != story_id:
            return StoryFact(slug, path, problem=_("Its approval is for another story."))
        return StoryFact(
            slug,
            path,
            statement.by,
            statement.at,
            statement.is_self_approved,
            self._masthead_changes.has_left(statement),
            changed_since=self._masthead_changes.since(statement, token),
        )

    def _approval(self, kind: ApprovedKind, text: ApprovedText) -> ApprovalStatement:
        """Verify the approval of a text. Raises UntrustedSignature."""
        if not text.approval:
            raise UntrustedSignature(_("It is not approved."))
        statement = self._reader.read(text.approval)
        if statement.kind != kind:
            raise UntrustedSignature(_("Its approval is for something else."))
        if statement.hash != text.hash:
            raise UntrustedSignature(_("Its approval is for another text."))
        if not is_instant_text(statement.at):
            raise UntrustedSignature(_("Its approval has no date that can be read."))
        if self._last_approval is None or statement.at > self._last_approval.at:
            self._last_approval = statement
        return statement

    def _house(self) -> Conclusion:
        try:
            statement = self._approval("house", self._document.house)
        except UntrustedSignature as error:
            sentence = _("The house (name, sections, style) is not proven. {why}")
            return _problem(sentence.format(why=error.sentence))
        sentence = _("{name} signed the house (name, sections, style) on {at}.")
        return self._signed_text(sentence, statement, self._document.house.approval)

    def _banner(self) -> Conclusion:
        banner = self._document.banner
        if not banner.approval and banner.hash == Banner().hash:
            return Conclusion(Severity.OK, _("There is no trends banner."))
        try:
            statement = self._approval("banner", banner)
        except UntrustedSignature as error:
            sentence = _("The trends banner is not proven. {why}")
            return _problem(sentence.format(why=error.sentence))
        sentence = _("{name} approved the trends banner on {at}.")
        return self._signed_text(sentence, statement, banner.approval)

    def _front(self) -> Iterator[Conclusion]:
        front = self._document.front
        if not front.approval and front.hash == Front().hash:
            return
        try:
            statement = self._approval("front", front)
        except UntrustedSignature as error:
            sentence = _("The order of the front page is not proven. {why}")
            yield _problem(sentence.format(why=error.sentence))
            return
        sentence = _("{name} ordered the front page on {at}.")
        yield self._signed_text(sentence, statement, front.approval)

    def _signed_text(self, sentence: str, statement: ApprovalStatement, token: str) -> Conclusion:
        """Say who signed a text that is no story, and what has changed on the masthead since."""
        text = sentence.format(name=statement.by, at=moment(statement.at))
        if self._masthead_changes.has_left(statement):
            gone = _("{name} has left the masthead since.").format(name=statement.by)
            return Conclusion(Severity.NOTE, f"{text} {gone}")
        if change := self._masthead_changes.since(statement, token):
            return Conclusion(Severity.NOTE, f"{text[:-1]}; {change}.")
        return Conclusion(Severity.OK, text)

    def _pages(self) -> Iterator[Conclusion]:
        """Yield problems: pages that no approval names, and files that are named but not there."""
        document = self._document
        gone = [story.path for story in document.withdrawn]
        expired = [story.path for story in document.expired]
        pages = {entry.path for entry in document.stories} | {*gone}
        pages |= {entry.path for entry in document.moved}
        # Of a bundle, what has expired is perhaps in another part than the others.
        folders = {dirname(path) for path in pages or expired}
        gone += expired
        pages.update(gone)
        for path in self._files:
            if path not in pages and dirname(path) in folders:
                yield _problem(_("{path} is not the page of an approved story.").format(path=path))
                break
        pictures = (path for paths in document.pictures.values() for path in paths)
        for path in (*pictures, *gone):
            if path not in self._files:
                yield _problem(_("{path} is not in the list of files.").format(path=path))
                break

    def _remarks(self) -> Iterator[Conclusion]:
        document = self._document
        if (last := self._last_approval) and _is_before(document.generated_at, last.at):
            sentence = _(
                "It is dated {at}, before an approval in it: {name} approved on {approved_at}. "
                "A clock was wrong, or it was dated back."
            )
            text = sentence.format(
                at=moment(document.generated_at), name=last.by, approved_at=moment(last.at)
            )
            yield Conclusion(Severity.NOTE, text)
        if document.withdrawn:
            number = len(document.withdrawn)
            sentence = plural(
                "{n} killed story is marked as withdrawn.",
                "{n} killed stories are marked as withdrawn.",
                number,
            )
            yield Conclusion(Severity.OK, sentence)
        if document.expired:
            number = len(document.expired)
            sentence = plural(
                "{n} expired story is marked as gone.",
                "{n} expired stories are marked as gone.",
                number,
            )
            yield Conclusion(Severity.OK, sentence)
        if number := sum(document.withheld.values()):
            sentence = plural(
                "{n} approved story was left out: not yet due, or expired.",
                "{n} approved stories were left out: not yet due, or expired.",
                number,
            )
            yield Conclusion(Severity.OK, sentence)
        if document.what_if:
            sentence = _("It is not an edition: it shows how one would be at {at}.")
            yield Conclusion(Severity.NOTE, sentence.format(at=moment(document.generated_at)))


def _approvals(stories: tuple[StoryFact, ...]) -> Conclusion:
    if problems := [story for story in stories if story.problem]:
        sentence = plural(
            "{n} story is not proven to be approved.",
            "{n} stories are not proven to be approved.",
            len(problems),
        )
        first = _("The first is {slug}: {why}").format(
            slug=problems[0].slug, why=problems[0].problem
        )
        return _problem(f"{sentence} {first}")
    alone = sum(story.self_approved for story in stories)
    sentence = plural(
        "{n} story, and its approval is valid", "{n} stories, and every approval is valid",
        len(stories),
    )  # fmt: skip
    if alone:
        sentence += plural(
            "; {n} was approved by somebody who wrote some of it",
            "; {n} were approved by somebody who wrote some of it",
            alone,
        )
    if gone := sum(story.has_left for story in stories):
        sentence += plural(
            "; {n} was approved by somebody who has left the masthead since",
            "; {n} were approved by somebody who has left the masthead since",
            gone,
        )
    if changed := sum(bool(story.changed_since) for story in stories):
        sentence += plural(
            "; {n} was approved in a role, with a key or under a policy that has changed since",
            "; {n} were approved in a role, with a key or under a policy that has changed since",
            changed,
        )
    return Conclusion(Severity.NOTE if gone or changed else Severity.OK, sentence + ".")


def _is_before(at: str, approved_at: str) -> bool:
    return parse_instant(approved_at) - parse_instant(at) > CLOCK_TOLERANCE


def _problem(sentence: str) -> Conclusion:
    return Conclusion(Severity.PROBLEM, sentence)
