"""The `_headers` file: broken lines, patterns, the folder of a host."""

from __future__ import annotations

from editor.serving.header_rules import headers_of, parse_header_rules


def found(text: str, path: str, has_folder: bool = False) -> dict[str, str]:
    return headers_of(path, parse_header_rules(text, lambda _folder: has_folder))


def test_broken_lines_are_left_out() -> None:
    text = "  X-Early: 1\n\n/*\n  no header\n  : empty\n  X Y: 1\n  X-Bad: \x01\n  X-Far: \u4e2d\n"
    assert found(text, "/") == {}
    assert found("", "/") == {}


def test_what_only_the_server_knows_is_left_out() -> None:
    text = '/*\n  Content-Length: 3\n  ETAG: "a"\n  Transfer-Encoding: chunked\n  X-Own: 1\n'
    assert found(text, "/") == {"x-own": "1"}


def test_later_rule_counts() -> None:
    text = "/*\n  Cache-Control: a\n  X-All: 1\n/media/*\n  cache-control: b\n"
    assert found(text, "/media/x") == {"cache-control": "b", "x-all": "1"}
    assert found(text, "/other") == {"cache-control": "a", "x-all": "1"}


def test_headers_of_a_path_are_those_of_every_rule_for_it() -> None:
    text = "/*\n  A: 1\n  B: x: y\n/media/*\n  Cache-Control: long\n/*/feed.xml\n  A: 2"
    assert found(text, "/index.html") == {"a": "1", "b": "x: y"}
    assert found(text, "/media/x.jpg") == {"a": "1", "b": "x: y", "cache-control": "long"}
    assert found(text, "/ar/feed.xml") == {"a": "2", "b": "x: y"}


def test_pattern_is_no_regular_expression() -> None:
    text = "/feed.xml\n  A: 1\n/*/feed.xml\n  B: 1\n/%C3%A9.html\n  C: 1\n"
    assert found(text, "/feedxxml") == {}
    assert found(text, "/a/b/feed.xml") == {"b": "1"}
    assert found(text, "/é.html") == {"c": "1"}


def test_rules_for_a_folder_of_the_host_are_of_the_top_here() -> None:
    text = "/news/*\n  A: 1\n/news/media/*\n  B: 1\n"
    assert found(text, "/media/x") == {"a": "1", "b": "1"}
    assert found(text, "/media/x", has_folder=True) == {}
    assert found(text, "/news/media/x", has_folder=True) == {"a": "1", "b": "1"}
    assert found("/news/*\n  A: 1\n/*\n  B: 1\n", "/x") == {"b": "1"}
