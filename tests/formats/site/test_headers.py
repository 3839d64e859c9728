"""The files for web servers: one table of rules, written for three of them."""

from __future__ import annotations

import re

import pytest

from editor.core.house import House
from editor.core.publisher import AiUse
from editor.formats.site.headers import PICTURES, SERVER_RULES, common_headers, server_files
from editor.proof.frame import POLICY
from editor.proof.single_pages import style_source

HOUSE = House("The Gulf Ledger", url="https://ledger.example/")
FOR_GOOD = "public, max-age=31536000, immutable"


def blocks(text: str) -> dict[str, dict[str, str]]:
    """The rules of a `_headers` file: header by name, by path."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            found[line] = {}
        elif line:
            name, _, value = line.strip().partition(": ")
            found[[*found][-1]][name] = value
    return found


def test_policy_is_that_of_the_pages_and_says_who_may_frame_them() -> None:
    headers = dict(common_headers(HOUSE))
    assert headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
    styled = dict(common_headers(HOUSE, "p {}"))["Content-Security-Policy"]
    assert f"style-src 'self' {style_source('p {}')};" in styled
    assert "unsafe" not in styled


def test_reservation_of_mining_is_in_the_headers() -> None:
    assert dict(common_headers(HOUSE))["tdm-reservation"] == "1"
    assert "tdm-policy" not in dict(common_headers(HOUSE))
    allowed = House("The Gulf Ledger", ai_use=AiUse.ALLOW)
    assert dict(common_headers(allowed))["tdm-reservation"] == "0"


def test_no_header_is_in_two_rules_for_one_file() -> None:
    # Netlify and Cloudflare would send both values.
    rules = blocks(server_files(HOUSE)["_headers"])
    names = [name for rule in rules.values() for name in rule]
    assert {name for name in rules["/*"] if names.count(name) > 1} == set()
    assert rules["/media/*"] == {"Cache-Control": FOR_GOOD}
    assert [path for path in rules if "Cache-Control" in rules[path]] == ["/media/*"]
    feed = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/atom+xml"}
    assert rules["/feed.xml"] == rules["/*/feed.xml"] == feed


def test_every_rule_is_in_the_files_of_both_servers() -> None:
    files = server_files(HOUSE)
    for rule in SERVER_RULES:
        for path in (".htaccess", "nginx.conf"):
            assert re.escape(rule.where) in files[path] or rule.where in files[path]
            assert rule.cache in files[path]
            assert rule.type in files[path]


def test_every_block_of_nginx_has_all_headers() -> None:
    text = server_files(HOUSE)["nginx.conf"]
    answering = text.count("location") - 1  # one only says that a file is not there
    for name, _value in common_headers(HOUSE):
        assert text.count(f"add_header {name} ") == answering + 1
    assert "image/avif avif;" in text.split(PICTURES)[1]


@pytest.mark.parametrize("path", ["_headers", ".htaccess", "nginx.conf"])
def test_site_in_a_folder_has_its_rules_there(path: str) -> None:
    text = server_files(House("The Gulf Ledger", url="https://ledger.example/a%20b/"))[path]
    assert ("/a%20b/media/" if path == "_headers" else "media/") in text
    assert '"/media/' not in text


def test_address_in_a_header_can_end_no_string_and_begin_no_variable() -> None:
    made = House("The Gulf Ledger", licence="https://ledger.example/a%20b?x=$host;'")
    files = server_files(made)
    assert "$host" not in files["nginx.conf"]
    assert '"https://ledger.example/a%%20b?x=%%24host;' in files[".htaccess"]
    assert "tdm-policy: https://ledger.example/a%20b?x=%24host;'" in files["_headers"]
