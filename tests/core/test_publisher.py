"""What a paper says of itself: what is refused, and what is kept of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from editor.core.house import House
from editor.core.publisher import AiUse, Digits, PolicyKind, PublishedPolicy
from editor.errors import BadValue

LOGO = "0a" * 32 + ".png"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("rights", "© {yaer} The Gulf Ledger", "unknown field, {yaer}"),
        ("rights", "©" * 201, "201 characters; 200 is the limit"),
        ("licence", "CC BY 4.0", "a space"),
        ("licence", "javascript:alert(1)", "not a web address"),
        ("licence", "https://ledger.example/" + "a" * 2000, "2,000 is the limit"),
        ("ai_use", "maybe", "not one of the choices"),
        ("contact", "desk at ledger.example", "neither a mail address nor"),
        ("contact", "desk@ledger", "neither a mail address nor"),
        ("contact", "desk@ledger.example\nHub: x", "neither a mail address nor"),
        ("contact", "a..b@ledger.example", "neither a mail address nor"),
        ("contact", "mailto:desk@ledger.example", "neither a mail address nor"),
        ("contact", "desk@" + "ö" * 80 + ".example", "neither a mail address nor"),
        ("contact", "https://user:open-sesame@ledger.example/", "a name or a password"),
        ("about", "a" * 20_001, "20,001 characters; 20,000 is the limit"),
        ("logo", "logo.png", "not a picture of the desk"),
        ("logo", f"../{LOGO}", "not a picture of the desk"),
        ("theme", "../broadsheet", "not the name of a theme"),
        ("theme", "con", "not the name of a theme"),
        ("digits", "roman", "not one of the choices"),
        ("founded", 26, "26 is not a year"),
        ("accounts", ("social.example/@ledger",), "not a web address"),
        ("accounts", tuple(f"https://a{n}.example/" for n in range(51)), "51 addresses"),
        ("memberships", ("https://press.example/\nmember=https://x.example",), "a line break"),
        ("controlled_by", "the owner", "a space"),
        ("controls", ("ftp://sport.example/",), "not a web address"),
    ],
)
def test_bad_value_is_refused_with_a_hint(field: str, value: Any, reason: str) -> None:
    with pytest.raises(BadValue, match=reason.replace("{", r"\{")) as refusal:
        House("The Gulf Ledger", **{field: value})
    assert refusal.value.hint.endswith(".")
    assert "sesame" not in refusal.value.sentence


def test_two_policies_of_a_kind_are_refused() -> None:
    policies = (PublishedPolicy(PolicyKind.ETHICS, "One."), PublishedPolicy(PolicyKind.ETHICS, "2"))
    with pytest.raises(BadValue, match="two texts for “Ethics”"):
        House("The Gulf Ledger", policies=policies)
    with pytest.raises(BadValue, match="not one of the choices"):
        PublishedPolicy("horoscopePolicy", "Read by the stars.")  # type: ignore[arg-type]


def test_house_that_says_nothing_more_has_the_bytes_it_had() -> None:
    house = House("The Gulf Ledger")
    names = ["dateline_template", "language", "limits", "name", "sections", "url"]
    assert sorted(house.to_json()) == names
    assert house.ai_use is AiUse.NO_TRAINING
    assert not house.show_masthead


def test_every_field_reads_back_equal() -> None:
    house = House(
        "The Gulf Ledger",
        rights=" © {year}  The Gulf Ledger. ",
        licence="https://creativecommons.org/licenses/by/4.0/",
        ai_use=AiUse.NONE,
        contact="desk@Ledger.example",
        about="A paper of the *gulf*.\r\n\r\nSince 1987.\n",
        policies=(
            PublishedPolicy(PolicyKind.OWNERSHIP, "Owned by its readers."),
            PublishedPolicy(PolicyKind.DIVERSITY, " \u200b\n"),
            PublishedPolicy(PolicyKind.ETHICS, "https://ledger.example/ethics?v=2#top"),
        ),
        show_masthead=True,
        logo=LOGO,
        theme="tabloid",
        digits=Digits.NATIVE,
        founded=1987,
        accounts=("https://social.example/@ledger", "", "https://social.example/@ledger"),
        memberships=("https://press.example/members?name=ledger",),
        controlled_by="https://holding.example",
        controls=("https://sport.example/",),
    )
    assert House.from_json(json.loads(house.canonical())) == house
    assert House.from_json(json.loads(house.canonical())).hash == house.hash
    assert house.rights_of(2026) == "© 2026 The Gulf Ledger."
    assert house.contact == "desk@ledger.example"
    assert house.about == "A paper of the *gulf*.\n\nSince 1987."
    assert house.accounts == ("https://social.example/@ledger",)
    assert [policy.kind for policy in house.policies] == [PolicyKind.ETHICS, PolicyKind.OWNERSHIP]
    ethics, ownership = house.policies
    assert (ethics.url, ownership.url) == ("https://ledger.example/ethics?v=2#top", "")
    assert house.policy(PolicyKind.ETHICS) is ethics
    assert house.policy(PolicyKind.DIVERSITY) is None
    assert PolicyKind.FACT_CHECKING.anchor == "verification-fact-checking-policy"


def test_text_with_an_address_in_it_is_a_text() -> None:
    for text in ("See https://ledger.example/ethics", "https://a.example https://b.example"):
        assert PublishedPolicy(PolicyKind.ETHICS, text).url == ""
    with pytest.raises(BadValue, match="a name or a password"):
        PublishedPolicy(PolicyKind.ETHICS, "https://me:x@ledger.example/")
