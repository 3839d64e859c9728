"""Changing the masthead: founding it, who joins, who leaves, and what the desk asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select

from editor.core.changes import Changes
from editor.core.commands import AddPerson, Approve, Command, RemovePerson, SetPolicy
from editor.core.people import Person, Role
from editor.core.policy import Policy
from editor.core.workflow import Action, allowed
from editor.errors import BadValue, KeyUnavailable, NotAllowed, NotFound, UntrustedSignature
from editor.store.commands.transaction import SigningKeys, Transaction
from editor.store.db.schema import audit, mastheads, people
from editor.store.log.entries import MASTHEAD, last_row, ledger
from editor.store.reading import queries
from editor.store.reading.mastheads import chain, trusted
from editor.trust.keyring import KeyCase, own_key
from editor.trust.keys import PrivateKey, PublicKey
from editor.trust.masthead import Chain, Masthead, Member, token_hash

SIGNED = (Approve, AddPerson, RemovePerson, SetPolicy)
"""The commands that may need a signature."""


def pen_for(
    connection: Connection,
    command: Command,
    by: Person,
    pen: SigningKeys,
    keys: Callable[[], KeyCase],
) -> SigningKeys:
    """The pen with the keys a command will sign with: fetched before anything is locked.

    Nothing is fetched for what will be refused. Raises KeyUnavailable.
    """
    now = chain(connection)
    if not _will_sign(connection, command, by, founded=now is not None):
        return pen
    case = keys()
    if now is None:
        there = queries.everyone(connection)
        all_keys = {each.name: own_key(case, each.name) for each in there}
        return replace(pen, keys=all_keys | _new(command, case))
    mine = case.get(by.name)
    own = {by.name: mine} if mine else {}
    if isinstance(command, AddPerson) and any(
        each.person.name == command.person.name for each in now.latest.present
    ):
        return replace(pen, keys=own)
    return replace(pen, keys=_new(command, case) | own)


def standing(turn: Transaction) -> Chain:
    """The masthead in force, founded now if this is the first signature the desk needs.

    Raises UntrustedSignature, KeyUnavailable, and NotAllowed on a desk without a chief.
    """
    pen = signing(turn)
    now, _ = trusted(turn.connection, pen.place)
    return now or _found(turn, pen)


def signing(turn: Transaction) -> SigningKeys:
    """The turn's pen. Raises KeyUnavailable for who did not come through the door."""
    if turn.pen is None:
        raise KeyUnavailable("Nobody is here to sign.", "Use the desk's own commands.")
    return turn.pen


def sign_with(turn: Transaction, masthead: Masthead, name: str) -> PrivateKey:
    """Somebody's private key, if it is the one on the masthead. Raises KeyUnavailable."""
    key = signing(turn).key(name)
    if key.public != masthead.member(name).key:
        raise KeyUnavailable(
            f"The key of {name} on this computer is not the one on the masthead.",
            "Sign where that one is, or let the chief add the key that `stonehand key` makes here.",
        )
    return key


def add_person(turn: Transaction, command: AddPerson) -> Changes:
    """Put someone on the desk, or change their role or key: the chief's to do.

    A desk that was made without a chief has one person, its maker, who may name one.
    """
    now = chain(turn.connection)
    if now is None and not command.key:
        return _add_unsigned(turn, command.person)
    _chief_only(turn, "change who is on the desk")
    now = standing(turn)
    members = _with(turn, now.latest, command)
    if members == now.latest.members:
        return Changes()
    person = command.person
    _keep_a_chief(members, person.name)
    return _issue(turn, now, members, now.latest.policy, f"{person.name}: {person.role}")


def remove_person(turn: Transaction, command: RemovePerson) -> Changes:
    """Take someone off the masthead: the chief's to do. What they approved stays approved."""
    _chief_only(turn, "change who is on the desk")
    name = queries.one_of(_present(turn), command.name).name
    now = standing(turn)
    sections = [section for section, names in now.latest.policy.sections if name in names]
    if sections:
        raise BadValue(
            f"The section {sections[0]} needs the approval of {name}.",
            "Change the policy first, then take them off the masthead.",
        )
    last, _ = last_row(turn.connection)
    members = tuple(
        replace(each, left=last) if each.person.name == name and not each.left else each
        for each in now.latest.members
    )
    _keep_a_chief(members, name)
    return _issue(turn, now, members, now.latest.policy, f"{name}: left")


def set_policy(turn: Transaction, command: SetPolicy) -> Changes:
    """Set what the desk asks for before a text goes out: the chief's to do."""
    _chief_only(turn, "change what the desk asks for")
    _check_policy(turn, command.policy)
    founded = chain(turn.connection) is None
    now = standing(turn)
    if command.policy == now.latest.policy:
        return Changes.of("people") if founded else Changes()
    return _issue(turn, now, now.latest.members, command.policy, _in_words(command.policy))


def _will_sign(connection: Connection, command: Command, by: Person, *, founded: bool) -> bool:
    if isinstance(command, Approve):
        row = queries.story_row(connection, command.story)
        return allowed(Action.APPROVE, row.state, by.role)
    if isinstance(command, AddPerson):
        return by.role is Role.CHIEF and (founded or bool(command.key))
    return isinstance(command, RemovePerson | SetPolicy) and by.role is Role.CHIEF


def _new(command: Command, case: KeyCase) -> dict[str, PrivateKey]:
    if isinstance(command, AddPerson) and not command.key:
        return {command.person.name: own_key(case, command.person.name)}
    return {}


def _found(turn: Transaction, pen: SigningKeys) -> Chain:
    there = queries.everyone(turn.connection)
    _as_the_audit_says(turn.connection, there)
    chiefs = [each.name for each in there if each.role is Role.CHIEF]
    if not chiefs:
        raise NotAllowed(
            "This desk has no chief, and only a chief can sign its masthead.",
            "Give someone the role of chief first.",
        )
    signer = turn.person.name if turn.person.name in chiefs else _first_chief(turn, chiefs)
    _, tip = last_row(turn.connection)
    members = tuple(Member(each, pen.key(each.name).public) for each in there)
    first = Masthead(uuid4().hex, 1, members, at=turn.at, audit=tip)
    token = _keep(turn, first, pen.key(signer), f"founded, signed by {signer}")
    return Chain.verified([token])


def _issue(
    turn: Transaction, now: Chain, members: tuple[Member, ...], policy: Policy, note: str
) -> Changes:
    _, tip = last_row(turn.connection)
    following = replace(
        now.latest,
        number=now.latest.number + 1,
        members=members,
        policy=policy,
        previous=now.latest_hash,
        at=turn.at,
        audit=tip,
    )
    _keep(turn, following, sign_with(turn, now.latest, turn.person.name), note)
    return Changes.of("people")


def _keep(turn: Transaction, masthead: Masthead, key: PrivateKey, note: str) -> str:
    token = masthead.signed(key)
    turn.connection.execute(
        insert(mastheads).values(number=masthead.number, token=token, at=turn.at)
    )
    turn.log(MASTHEAD, version=masthead.number, note=note, subject=token_hash(token))
    added: dict[str, str] = dict(
        turn.connection.execute(select(people.c.name, people.c.added)).all()
    )
    turn.connection.execute(delete(people))
    turn.connection.execute(
        insert(people),
        [
            {"name": p.name, "role": str(p.role), "added": added.get(p.name, turn.at)}
            for p in (each.person for each in masthead.present)
        ],
    )
    return token


def _with(turn: Transaction, masthead: Masthead, command: AddPerson) -> tuple[Member, ...]:
    """The members with someone new, or in another role, or with another key."""
    name = command.person.name
    present = next((each for each in masthead.present if each.person.name == name), None)
    key = _key_of(turn, command, present)
    if present and present.key == key:
        changed = replace(present, person=command.person)
        return tuple(changed if each is present else each for each in masthead.members)
    owner = masthead.by_key(key.fingerprint)
    if owner is not None and owner.person.name != name:
        raise BadValue(
            f"This key is the one of {owner.person.name}.", "Everybody needs a key of their own."
        )
    last, _ = last_row(turn.connection)
    others = [
        replace(each, left=last) if each is present else each
        for each in masthead.members
        if each.key != key
    ]
    return (*others, Member(command.person, key))


def _key_of(turn: Transaction, command: AddPerson, present: Member | None) -> PublicKey:
    if not command.key:
        return present.key if present else signing(turn).key(command.person.name).public
    key, owner = PublicKey.from_line(command.key)
    if owner != command.person.name:
        raise BadValue(
            f"This is the key of {owner}, not of {command.person.name}.",
            "Give the name that the key was made for.",
        )
    return key


def _add_unsigned(turn: Transaction, person: Person) -> Changes:
    known = queries.everyone(turn.connection)
    chiefs = [each.name for each in known if each.role is Role.CHIEF]
    if chiefs or person.role is not Role.CHIEF:
        _chief_only(turn, "change who is on the desk")
    if person in known:
        return Changes()
    if chiefs == [person.name]:
        raise _last_chief(person.name)
    kept = [(each.name, str(each.role)) for each in known if each.name != person.name]
    if len(kept) < len(known):
        turn.connection.execute(
            people.update().where(people.c.name == person.name).values(role=str(person.role))
        )
    else:
        turn.connection.execute(
            insert(people).values(name=person.name, role=str(person.role), added=turn.at)
        )
    turn.log(MASTHEAD, note=f"{person.name}: {person.role}")
    return Changes.of("people")


def _as_the_audit_says(connection: Connection, there: Iterable[Person]) -> None:
    """Raise UntrustedSignature for someone whom no command put on the desk, or not in that role."""
    done = ledger(connection).of_desk
    said = dict(each.note.rsplit(": ", 1) for each in done if each.action == MASTHEAD)
    founders = {each.person for each in done if each.action == "founded"}
    for person in there:
        if person.name not in said and person.name in founders:
            continue
        if said.get(person.name) != str(person.role):
            raise UntrustedSignature(
                f"{person.name} was made {person.role} outside Stonehand.",
                "Restore a backup from before, then try again.",
            )


def _present(turn: Transaction) -> tuple[Person, ...]:
    now = chain(turn.connection)
    if now is None:
        return queries.everyone(turn.connection)
    return tuple(each.person for each in now.latest.present)


def _first_chief(turn: Transaction, chiefs: list[str]) -> str:
    maker = turn.connection.scalar(select(audit.c.person).order_by(audit.c.id).limit(1))
    return str(maker) if maker in chiefs else chiefs[0]


def _keep_a_chief(members: tuple[Member, ...], changed: str) -> None:
    present = [each.person for each in members if not each.left]
    if not any(each.role is Role.CHIEF for each in present):
        raise _last_chief(changed)


def _last_chief(name: str) -> BadValue:
    return BadValue(
        f"{name} is the desk's only chief.", "Make someone else chief first, then try again."
    )


def _check_policy(turn: Transaction, policy: Policy) -> None:
    sections = {each.slug for each in queries.house(turn.connection).sections}
    for section, names in policy.sections:
        if section not in sections:
            raise NotFound(f"The paper has no section {section}.", _one_of("sections", sections))
        for name in names:
            if queries.one_of(_present(turn), name).role is Role.JOURNALIST:
                raise BadValue(
                    f"{name} is a journalist, and journalists don't approve.",
                    "Name an editor or a chief.",
                )


def _one_of(what: str, known: Iterable[str]) -> str:
    return f"Its {what} are {', '.join(sorted(known))}."


def _in_words(policy: Policy) -> str:
    sections = [f"section.{section}={'+'.join(names)}" for section, names in policy.sections]
    return " ".join([f"four_eyes={policy.four_eyes}", f"gates={','.join(policy.gates)}", *sections])


def _chief_only(turn: Transaction, what: str) -> None:
    if turn.person.role is not Role.CHIEF:
        raise NotAllowed(f"Only the chief may {what}.", "Ask the chief to do it.")
