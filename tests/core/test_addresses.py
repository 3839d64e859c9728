"""The paper's address: what a site can be at, and what each other text is refused for."""

from __future__ import annotations

import pytest

from editor.core import addresses
from editor.core.addresses import contact_address, contact_link, web_address, web_link
from editor.core.house import House
from editor.errors import BadValue


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("https://paper.example", "https://paper.example/"),
        ("  https://paper.example/news//\n", "https://paper.example/news/"),
        ("HTTPS://Paper.Example/a/../b", "https://paper.example/b/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
        ("https://köln.example/", "https://xn--kln-sna.example/"),
        ("https://paper.example/köln/", "https://paper.example/k%C3%B6ln/"),
    ],
)
def test_address_is_kept_as_a_folder(typed: str, kept: str) -> None:
    assert web_address(typed) == kept
    assert House("Post", url=typed).url == kept
    assert web_address(kept) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("https://paper.example/?utm=1", "query or a fragment"),
        ("https://paper.example/?", "query or a fragment"),
        ("https://paper.example/#top", "query or a fragment"),
        ("https://paper.example/index.html", "is a page"),
        ("https://paper.example/news/INDEX.HTM", "is a page"),
        ("https://pa per.example/", "a space or a line break"),
        ("https://paper.example/a b/", "a space or a line break"),
        ("https://paper.example/\nDisallow: /", "a space or a line break"),
        ("https://paper\u200b.example/", "a space or a line break"),
        ("https://paper.example:99999/", "the port 99999"),
        ("https://paper.example:0/", "the port 0"),
        ("https://user:password@paper.example/", "a name or a password"),
        ("https://user@paper.example/", "a name or a password"),
        ("http://[::1", "not a web address"),
        ("paper.example", "not a web address"),
        ("ftp://paper.example/", "not a web address"),
        ("https://paper..example/", "not a web address"),
        ("https://-/", "not a web address"),
        ("https://a_b.example/", "not a web address"),
        ("https://paper.example/<b>", "not a web address"),
        ("https://paper.example\\x", "not a web address"),
        ("https://" + "ö" * 80 + ".example/", "not a web address"),
    ],
)
def test_address_that_links_cannot_begin_with_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(BadValue, match=reason) as refusal:
        House("Post", url=typed)
    assert refusal.value.hint.endswith(".")


def test_password_is_never_repeated() -> None:
    with pytest.raises(BadValue) as refusal:
        web_address("https://user:open-sesame@paper.example:99999/ x")
    assert "sesame" not in refusal.value.sentence + refusal.value.hint


@pytest.mark.parametrize(
    ("typed", "kept", "link"),
    [
        ("", "", ""),
        ("Desk@Paper.example ", "Desk@paper.example", "mailto:Desk@paper.example"),
        ("news+tips@köln.example", "news+tips@xn--kln-sna.example", None),
        ("a%b&c@paper.example", "a%b&c@paper.example", "mailto:a%25b%26c@paper.example"),
        ("https://paper.example/kontakt#formular", "https://paper.example/kontakt#formular", None),
        ("HTTPS://Paper.Example", "https://paper.example", None),
    ],
)
def test_contact_is_a_mail_address_or_a_page(typed: str, kept: str, link: str | None) -> None:
    assert contact_address(typed) == kept == contact_address(kept)
    expected = link if link is not None else kept if "://" in kept else f"mailto:{kept}"
    assert contact_link(kept) == expected


def test_link_may_have_a_query_and_a_fragment() -> None:
    link = "https://paper.example/a.html?b=1&c=%C3%B6#d"
    assert web_link(link) == link
    assert web_link("https://social.example/@paper") == "https://social.example/@paper"


@pytest.mark.parametrize(
    "kept",
    [
        *("https://news.example.org/", "http://a.bc/", "https://x-1.news.example.org/en/"),
        *("https://news.example.org/my_site/2026/", "https://xn--bcher-kva.example/"),
    ],
)
def test_address_that_was_kept_is_read_without_the_parser(
    kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = str(addresses._parsed(kept).unsplit()).rstrip("/") + "/"
    assert whole == kept
    monkeypatch.setattr(addresses, "_parsed", None)
    web_address.cache_clear()
    assert web_address(kept) == kept
