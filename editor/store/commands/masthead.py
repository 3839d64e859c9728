"""Changing the masthead: founding it, who joins, who leaves, and what the desk asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection, delete, insert

from editor.core.changes import Changes
from editor.core.commands import AddPerson, Approve, Command, RemovePerson, SetPolicy
from editor.core.people import Person, Role
from editor.core.policy import Policy
from editor.core.workflow import Action, allowed
from editor.errors import BadValue, KeyUnavailable, NotAllowed, NotFound, UntrustedSignature
from editor.store.commands.transaction import SigningKeys, Transaction
from editor.store.db.schema import mastheads, people
from editor.store.log.audit_log import AuditLog, read_audit_log
from editor.store.log.entries import FOUNDED, MASTHEAD
from editor.store.reading.mastheads import (
    find_person,
    read_chain,
    read_people,
    read_trusted,
    unsigned_people,
)
from editor.store.reading.queries import Queries
from editor.trust.keyring import KeyStore, ensure_key
from editor.trust.keys import PrivateKey, PublicKey
from editor.trust.masthead import Masthead, MastheadChain, Member, token_hash

SIGNED = (Approve, AddPerson, RemovePerson, SetPolicy)
"""The commands that may need a signature."""


def fetch_keys(
    connection: Connection, command: Command, by: Person, key_store: Callable[[], KeyStore]
) -> SigningKeys:
    """The keys a command will sign with, fetched before anything is locked.

    Nothing is fetched for what will be refused. Raises KeyUnavailable.
    """
    chain = read_chain(connection)
    if not _will_sign(connection, command, by, is_founded=chain is not None):
        return SigningKeys()
    store = key_store()
    if chain is None:
        people = unsigned_people(connection)
        return SigningKeys((person.name, ensure_key(store, person.name)) for person in people)
    keys = SigningKeys()
    if own := store.read(by.name):
        keys[by.name] = own
    if isinstance(command, AddPerson) and not command.key:
        name = command.person.name
        if all(member.person.name != name for member in chain.latest.present):
            keys[name] = ensure_key(store, name)
    return keys


def require_masthead(transaction: Transaction) -> tuple[MastheadChain, AuditLog]:
    """The masthead in force and the log, founded now if this is the desk's first signature.

    Raises UntrustedSignature, KeyUnavailable, and NotAllowed on a desk without a chief.
    """
    chain, log = read_trusted(transaction.connection, transaction.path)
    if chain is None:
        chain = _found(transaction, log)
        log = read_audit_log(transaction.connection)
    return chain, log


def signing_key(transaction: Transaction, masthead: Masthead) -> PrivateKey:
    """The person's private key, if it is the one on the masthead. Raises KeyUnavailable."""
    name = transaction.person.name
    key = transaction.keys[name]
    if key.public != masthead.member(name).key:
        raise KeyUnavailable(
            f"The key of {name} on this computer is not the one on the masthead.",
            "Sign where that one is, or let the chief add the key that `stonehand key` makes here.",
        )
    return key


def add_person(transaction: Transaction, command: AddPerson) -> Changes:
    """Put someone on the desk, or change their role or key: the chief's to do.

    A desk that was made without a chief has one person, its maker, who may name one.
    """
    person = command.person
    if not command.key and read_chain(transaction.connection) is None:
        return _add_unsigned(transaction, person)
    _require_chief(transaction, "change who is on the desk")
    chain, log = require_masthead(transaction)
    members = _members_with(transaction, chain.latest, log, command)
    if members == chain.latest.members:
        return Changes()
    _require_a_chief_left(members, person.name)
    changed = replace(chain.latest, members=members)
    return _issue(transaction, chain, log, changed, f"{person.name}: {person.role}")


def remove_person(transaction: Transaction, command: RemovePerson) -> Changes:
    """Remove someone from the masthead: the chief's to do. What they approved stays approved."""
    _require_chief(transaction, "change who is on the desk")
    name = find_person(read_people(transaction.connection), command.name).name
    chain, log = require_masthead(transaction)
    sections = [section for section, names in chain.latest.policy.sections if name in names]
    if sections:
        raise BadValue(
            f"The section {sections[0]} needs the approval of {name}.",
            "Change the policy first, then take them off the masthead.",
        )
    members = tuple(
        replace(member, left=log.last) if member.person.name == name and not member.left else member
        for member in chain.latest.members
    )
    _require_a_chief_left(members, name)
    return _issue(transaction, chain, log, replace(chain.latest, members=members), f"{name}: left")


def set_policy(transaction: Transaction, command: SetPolicy) -> Changes:
    """Set what the desk asks for before a text goes out: the chief's to do."""
    policy = command.policy
    _require_chief(transaction, "change what the desk asks for")
    _check_policy(transaction, policy)
    is_founded = read_chain(transaction.connection) is not None
    chain, log = require_masthead(transaction)
    if policy == chain.latest.policy:
        return Changes() if is_founded else Changes.of("people")
    sections = [f"section.{section}={'+'.join(names)}" for section, names in policy.sections]
    note = [f"four_eyes={policy.four_eyes}", f"gates={','.join(policy.gates)}", *sections]
    return _issue(transaction, chain, log, replace(chain.latest, policy=policy), " ".join(note))


def _will_sign(connection: Connection, command: Command, by: Person, *, is_founded: bool) -> bool:
    if isinstance(command, Approve):
        return allowed(Action.APPROVE, Queries(connection).row(command.story).state, by.role)
    if isinstance(command, AddPerson):
        return by.role is Role.CHIEF and (is_founded or bool(command.key))
    return isinstance(command, RemovePerson | SetPolicy) and by.role is Role.CHIEF


def _found(transaction: Transaction, log: AuditLog) -> MastheadChain:
    """Write the first masthead, signed by a chief."""
    known = unsigned_people(transaction.connection)
    _check_people(known, log)
    chiefs = [person.name for person in known if person.role is Role.CHIEF]
    if not chiefs:
        raise NotAllowed(
            "This desk has no chief, and only a chief can sign its masthead.",
            "Give someone the role of chief first.",
        )
    makers = [entry.person for entry in log.entries[:1]]
    signer = next(name for name in (transaction.person.name, *makers, *chiefs) if name in chiefs)
    members = tuple(Member(person, transaction.keys[person.name].public) for person in known)
    first = Masthead(uuid4().hex, 1, members, at=transaction.at, audit=log.tip)
    note = f"founded, signed by {signer}"
    token = _write_masthead(transaction, first, transaction.keys[signer], note)
    return MastheadChain.verified([token])


def _issue(
    transaction: Transaction, chain: MastheadChain, log: AuditLog, changed: Masthead, note: str
) -> Changes:
    """Write the next masthead, signed by the person."""
    following = replace(
        changed,
        number=chain.latest.number + 1,
        previous=chain.latest_hash,
        at=transaction.at,
        audit=log.tip,
    )
    _write_masthead(transaction, following, signing_key(transaction, chain.latest), note)
    return Changes.of("people")


def _write_masthead(
    transaction: Transaction, masthead: Masthead, key: PrivateKey, note: str
) -> str:
    token = masthead.signed(key)
    connection = transaction.connection
    connection.execute(insert(mastheads).values(number=masthead.number, token=token))
    transaction.write_log(MASTHEAD, version=masthead.number, note=note, subject=token_hash(token))
    present = [member.person for member in masthead.present]
    connection.execute(delete(people))
    connection.execute(
        insert(people), [{"name": person.name, "role": str(person.role)} for person in present]
    )
    return token


def _members_with(
    transaction: Transaction, masthead: Masthead, log: AuditLog, command: AddPerson
) -> tuple[Member, ...]:
    """The members with someone new, or in another role, or with another key."""
    name = command.person.name
    present = next((member for member in masthead.present if member.person.name == name), None)
    key = _key_of(transaction, command, present)
    if present and present.key == key:
        changed = replace(present, person=command.person)
        return tuple(changed if member is present else member for member in masthead.members)
    owner = masthead.by_key(key.fingerprint)
    if owner is not None and owner.person.name != name:
        raise BadValue(
            f"This key is the one of {owner.person.name}.", "Everybody needs a key of their own."
        )
    others = [
        replace(member, left=log.last) if member is present else member
        for member in masthead.members
        if member.key != key
    ]
    return (*others, Member(command.person, key))


def _key_of(transaction: Transaction, command: AddPerson, present: Member | None) -> PublicKey:
    name = command.person.name
    if not command.key:
        return present.key if present else transaction.keys[name].public
    key, owner = PublicKey.from_line(command.key)
    if owner != name:
        raise BadValue(
            f"This is the key of {owner}, not of {name}.",
            "Give the name that the key was made for.",
        )
    return key


def _add_unsigned(transaction: Transaction, person: Person) -> Changes:
    known = {known.name: known for known in unsigned_people(transaction.connection)}
    chiefs = [name for name, known_person in known.items() if known_person.role is Role.CHIEF]
    if chiefs or person.role is not Role.CHIEF:
        _require_chief(transaction, "change who is on the desk")
    if known.get(person.name) == person:
        return Changes()
    if chiefs == [person.name]:
        raise _last_chief(person.name)
    connection = transaction.connection
    connection.execute(delete(people).where(people.c.name == person.name))
    connection.execute(insert(people).values(name=person.name, role=str(person.role)))
    transaction.write_log(MASTHEAD, note=f"{person.name}: {person.role}")
    return Changes.of("people")


def _check_people(known: tuple[Person, ...], log: AuditLog) -> None:
    """Raise UntrustedSignature for someone whom no command put on the desk, or not in that role."""
    entries = log.of_desk()
    roles = dict(entry.note.rsplit(": ", 1) for entry in entries if entry.action == MASTHEAD)
    founders = {entry.person for entry in entries if entry.action == FOUNDED}
    for person in known:
        if person.name not in roles and person.name in founders:
            continue
        if roles.get(person.name) != str(person.role):
            raise UntrustedSignature(
                f"{person.name} was made {person.role} outside Stonehand.",
                "Restore a backup from before, then try again.",
            )


def _require_a_chief_left(members: tuple[Member, ...], changed: str) -> None:
    if not any(member.person.role is Role.CHIEF for member in members if not member.left):
        raise _last_chief(changed)


def _last_chief(name: str) -> BadValue:
    return BadValue(
        f"{name} is the desk's only chief.", "Make someone else chief first, then try again."
    )


def _check_policy(transaction: Transaction, policy: Policy) -> None:
    sections = {section.slug for section in transaction.house().sections}
    for section, names in policy.sections:
        if section not in sections:
            raise NotFound(
                f"The paper has no section {section}.",
                f"Its sections are {', '.join(sorted(sections))}.",
            )
        for name in names:
            if find_person(read_people(transaction.connection), name).role is Role.JOURNALIST:
                raise BadValue(
                    f"{name} is a journalist, and journalists don't approve.",
                    "Name an editor or a chief.",
                )


def _require_chief(transaction: Transaction, what: str) -> None:
    if transaction.person.role is not Role.CHIEF:
        raise NotAllowed(f"Only the chief may {what}.", "Ask the chief to do it.")
