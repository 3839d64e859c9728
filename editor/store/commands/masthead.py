"""Changing the masthead: founding it, who joins, who leaves, and what the desk asks for."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert

from editor.core.changes import Changes
from editor.core.commands import AddPerson, RemoveComputer, RemovePerson, SetPolicy
from editor.core.events import FOUNDED, MASTHEAD
from editor.core.people import Role
from editor.core.policy import Policy
from editor.errors import BadValue, NotAllowed, NotFound
from editor.i18n import _
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import mastheads
from editor.store.log.logs import last_entries
from editor.store.reading.mastheads import find_person, people_of
from editor.trust.keys import PublicKey
from editor.trust.log_tip import token_hash
from editor.trust.masthead import Masthead, MastheadChain, Member, require_a_chief


def found(transaction: Transaction) -> str:
    """Write the first masthead, with the chief who founds the desk; its hash."""
    member = Member(transaction.person, (transaction.require_key().public,))
    first = Masthead(transaction.desk, 1, (member,), at=transaction.at)
    return _write(transaction, first, FOUNDED, "")


def add_person(transaction: Transaction, command: AddPerson) -> Changes:
    """Put someone on the desk, or change their role, or add a key: the chief's to do."""
    _require_chief(transaction, _("change who is on the desk"))
    chain = transaction.trusted_chain()
    person, members = command.person, chain.latest.members
    if person.role is Role.JOURNALIST:
        _require_no_section(chain, person.name)
    present = next((member for member in members if member.person.name == person.name), None)
    keys = _keys_with(chain, command, present)
    changed = Member(person, keys)
    if present is None:
        return _issue(transaction, chain, (*members, changed), f"{person.name}: {person.role}")
    if present == changed:
        return Changes()
    members = tuple(changed if member is present else member for member in members)
    detail = f"{person.name}: {person.role}"
    if len(keys) > len(present.keys):
        detail += f", with the key {keys[-1].words}"
    return _issue(transaction, chain, members, detail)


def remove_person(transaction: Transaction, command: RemovePerson) -> Changes:
    """Remove someone from the masthead: the chief's to do. What they approved stays approved."""
    _require_chief(transaction, _("change who is on the desk"))
    chain = transaction.trusted_chain()
    name = find_person(people_of(chain), command.name).name
    _require_no_section(chain, name)
    others = tuple(member for member in chain.latest.members if member.person.name != name)
    return _issue(transaction, chain, others, f"{name}: left")


def remove_computer(transaction: Transaction, command: RemoveComputer) -> Changes:
    """Remove one of a person's keys, such as that of a lost computer: the chief's to do."""
    _require_chief(transaction, _("change who is on the desk"))
    chain = transaction.trusted_chain()
    name = find_person(people_of(chain), command.name).name
    member = chain.latest.member(name)
    keys = tuple(key for key in member.keys if key.words != command.words)
    if keys == member.keys:
        raise NotFound(
            _("{name} has no key {words} on the masthead.").format(name=name, words=command.words),
            _("Their keys are: {names}.").format(names=", ".join(key.words for key in keys)),
        )
    if not keys:
        raise BadValue(
            _("It is the only key of {name}.").format(name=name),
            _("Add the key of another computer first, or remove them from the masthead."),
        )
    members = tuple(
        replace(member, keys=keys) if member.person.name == name else member
        for member in chain.latest.members
    )
    return _issue(transaction, chain, members, f"{name}: without the key {command.words}")


def set_policy(transaction: Transaction, command: SetPolicy) -> Changes:
    """Set what the desk asks for before a text goes out: the chief's to do."""
    policy = command.policy
    _require_chief(transaction, _("change what the desk asks for"))
    chain = transaction.trusted_chain()
    _check_policy(transaction, chain, policy)
    if policy == chain.latest.policy:
        return Changes()
    sections = [f"section.{section}={'+'.join(names)}" for section, names in policy.sections]
    detail = [f"four_eyes={policy.four_eyes}", f"gates={','.join(policy.gates)}", *sections]
    return _issue(transaction, chain, chain.latest.members, " ".join(detail), policy)


def _issue(
    transaction: Transaction,
    chain: MastheadChain,
    members: tuple[Member, ...],
    detail: str,
    policy: Policy | None = None,
) -> Changes:
    """Write the next masthead, signed by the person, with what they have seen of every log."""
    require_a_chief(chain.latest.members, members)
    transaction.writer.place(transaction.at)
    following = Masthead(
        desk=transaction.desk,
        number=chain.latest.number + 1,
        members=members,
        policy=chain.latest.policy if policy is None else policy,
        previous=chain.latest_hash,
        at=transaction.at,
        seen=last_entries(transaction.connection),
    )
    _write(transaction, following, MASTHEAD, detail)
    return Changes.of("people")


def _write(transaction: Transaction, masthead: Masthead, action: str, detail: str) -> str:
    token = masthead.signed(transaction.require_key())
    hash = token_hash(token)
    transaction.connection.execute(insert(mastheads).values(number=masthead.number, token=token))
    transaction.append(action, subject=hash, detail=detail)
    return hash


def _keys_with(
    chain: MastheadChain, command: AddPerson, present: Member | None
) -> tuple[PublicKey, ...]:
    name, keys = command.person.name, present.keys if present else ()
    if not command.key:
        if not keys:
            raise BadValue(
                _("{name} needs a key of their own to sign with.").format(name=name),
                _("Ask {name} for it: the window has Join, and `stonehand key` prints it.").format(
                    name=name
                ),
            )
        return keys
    key, owner = PublicKey.from_line(command.key)
    if owner != name:
        raise BadValue(
            _("This is the key of {owner}, not of {name}.").format(owner=owner, name=name),
            _("Give the name that the key was made for."),
        )
    other = chain.latest.owner(key)
    if other is not None and other.person.name != name:
        raise BadValue(
            _("This key is the one of {name}.").format(name=other.person.name),
            _("Everybody needs a key of their own."),
        )
    return keys if key in keys else (*keys, key)


def _check_policy(transaction: Transaction, chain: MastheadChain, policy: Policy) -> None:
    sections = {section.slug for section in transaction.house().sections}
    people = people_of(chain)
    for section, names in policy.sections:
        if section not in sections:
            raise NotFound(
                _("The paper has no section {section}.").format(section=section),
                _("Its sections are {names}.").format(names=", ".join(sorted(sections))),
            )
        for name in names:
            if find_person(people, name).role is Role.JOURNALIST:
                raise BadValue(
                    _("{name} is a journalist, and journalists don't approve.").format(name=name),
                    _("Name an editor or a chief."),
                )


def _require_no_section(chain: MastheadChain, name: str) -> None:
    """Raise BadValue for somebody without whom nobody could approve in a section."""
    for section, names in chain.latest.policy.sections:
        if name in names:
            raise BadValue(
                _("The section {section} needs the approval of {name}.").format(
                    section=section, name=name
                ),
                _("Change the policy first, then their role, or take them off the masthead."),
            )


def _require_chief(transaction: Transaction, what: str) -> None:
    if transaction.person.role is not Role.CHIEF:
        raise NotAllowed(
            _("Only the chief may {what}.").format(what=what), _("Ask the chief to do it.")
        )
