"""Addresses of targets: what can be none is refused without a secret in the sentence."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.target_address import EXAMPLES, PlaceKind, TargetAddress, read_address
from editor.errors import BadValue

SECRET = "hunter2"


@pytest.mark.parametrize(
    "text",
    [
        f"sftp://me:{SECRET}@host/site",
        f"sftp://:{SECRET}@host/site",
        "sftp://me:@host/site",
        f"SFTP://me:{SECRET}@host/site",
        f"sftp://me%3A{SECRET}@host/site",
        f"sftp://me%3a{SECRET}@host/site",
        f"sftp://me:{SECRET}@host:port/site",
        f"sftp://me:{SECRET}@a@host/site",
        f"s3://key:{SECRET}@bucket/site",
        f"git+https://me:{SECRET}@host/paper.git#pages",
        f"git+https://ghp_{SECRET}@host/paper.git#pages",
        f"git+https://github_pat_{SECRET}@host/paper.git#pages",
        f"git+https://glpat-{SECRET}@host/paper.git#pages",
        f"git+ssh://git:{SECRET}@host/paper.git#pages",
    ],
)
def test_password_in_any_spelling_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(BadValue, match="password in it") as caught:
        read_address(text)
    assert SECRET not in f"{caught.value.sentence} {caught.value.hint}"
    assert "keyring" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"sftp://me:{SECRET}@[::1/site", "can't be read"),
        (f"s3://bucket/site?secret={SECRET}", "no “secret”"),
        (f"s3://bucket/site?endpoint=https://me:{SECRET}@host", "endpoint"),
        (f"sftp://host/site?password={SECRET}", "no “password”"),
        (f"ftp://me:{SECRET}@host/site", "ftp://"),
        (f"me:{SECRET}@host/site", "whole path"),
    ],
)
def test_sentence_repeats_no_secret(text: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence) as caught:
        read_address(text)
    assert SECRET not in f"{caught.value.sentence} {caught.value.hint}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "needs an address"),
        (" \t\n", "needs an address"),
        (" /srv/site", "line breaks"),
        ("/srv/site\n", "line breaks"),
        ("/srv/\x00site", "line breaks"),
        ("/srv/\x1b[31msite", "line breaks"),
        ("/srv/\u202esite", "line breaks"),
        ("/srv/si\u200bte", "line breaks"),
        ("sftp://host/a%00b", "line breaks"),
        ("sftp://host/a%0D%0Ab", "line breaks"),
        ("git+https://host/a.git#pa%0Ages", "line breaks"),
        ("/" + "a" * 1000, "1001 characters; 1000 is the limit"),
        ("http://host/site", "with http://"),
        ("javascript://host", "with javascript://"),
        ("gs://bucket/site", "with gs://"),
        ("mailto:me@host", "whole path"),
        ("me@host:site", "whole path"),
        ("site", "whole path"),
        ("./site", "whole path"),
        ("../site", "whole path"),
        ("~/site", "whole path"),
        ("D:site", "whole path"),
        ("\\site", "whole path"),
        ("/srv/../etc", "“..”"),
        ("D:\\site\\..\\other", "“..”"),
        ("file:///srv/%2e%2e/etc", "“..”"),
        ("file://host/site", "three slashes"),
        ("file:///srv/site?a=b", "no “a”"),
        ("file:///srv/site#a", "“#”"),
        ("s3://", "name of a bucket"),
        ("s3://ab", "name of a bucket"),
        ("s3://Bucket", "name of a bucket"),
        ("s3://buc_ket", "name of a bucket"),
        ("s3://buc..ket", "name of a bucket"),
        ("s3://bucket:80/site", "name of a bucket"),
        ("s3://key@bucket/site", "name of a bucket"),
        ("s3://bucket/../other", "“..”"),
        ("s3://bucket/a/%2E%2E/b", "“..”"),
        ("s3://bucket/a//b", "empty folder"),
        ("s3://bucket/a#b", "“#”"),
        ("s3://bucket/a?endpoint=ftp://host", "endpoint"),
        ("s3://bucket/a?endpoint=https://host/x/y", "endpoint"),
        ("s3://bucket/a?region=EU_WEST", "region"),
        ("s3://bucket/a?acl=public", "no “acl”"),
        ("sftp://", "name of a server"),
        ("sftp:///site", "name of a server"),
        ("sftp://me@/site", "name of a server"),
        ("sftp://ho st/site", "can't be one"),
        ("sftp://-oProxyCommand=x/site", "can't be one"),
        ("sftp://-oX@host/site", "can't be one"),
        ("sftp://a%20b@host/site", "can't be one"),
        ("sftp://host:0/site", "from 1 to 65535"),
        ("sftp://host:65536/site", "can't be read"),
        ("sftp://host:-1/site", "can't be read"),
        ("sftp://host:ssh/site", "can't be read"),
        ("sftp://[::1/site", "can't be read"),
        ("sftp://host/a/../b", "“..”"),
        ("sftp://host/a#b", "“#”"),
        ("git+https://host#pages", "path of a repository"),
        ("git+https:///paper.git#pages", "path of a repository"),
        ("git+https://host/../paper.git#pages", "“..”"),
        ("git+file://host/paper.git#pages", "three slashes"),
        ("git+ssh://-oProxyCommand=x/paper.git#pages", "can't be one"),
        ("git+http://host/paper.git#pages", "with git\\+http://"),
        ("git+https://host/paper.git", "# and the branch"),
        *(
            (f"git+https://host/paper.git#{branch}", "# and the branch")
            for branch in (
                *("", "-x", ".x", "x.", "x/", "/x", "a..b", "a//b", "a/.b", "a/-b", "a.lock"),
                *("a.lock/b", "a b", "a~1", "a^", "a:b", "a?", "a*", "a[", "a\\b", "@", "a@{1}"),
            )
        ),
    ],
)
def test_address_that_nothing_can_be_sent_to_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence) as caught:
        read_address(text)
    assert caught.value.hint


@pytest.mark.parametrize("example", EXAMPLES.split(", "))
def test_examples_of_the_hint_can_be_read(example: str) -> None:
    assert read_address(example).path


FOLDER, ZIP, S3, SFTP, GIT = PlaceKind


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/", TargetAddress(FOLDER, "/")),
        ("/media/stick/site/", TargetAddress(FOLDER, "/media/stick/site")),
        ("/media/a b/100%/ñ", TargetAddress(FOLDER, "/media/a b/100%/ñ")),
        ("/srv/paper.ZIP", TargetAddress(ZIP, "/srv/paper.ZIP")),
        ("D:\\", TargetAddress(FOLDER, "D:\\")),
        ("D:\\site\\", TargetAddress(FOLDER, "D:\\site")),
        ("d:/site", TargetAddress(FOLDER, "d:/site")),
        ("\\\\server\\share\\site", TargetAddress(FOLDER, "\\\\server\\share\\site")),
        ("file:///srv/a%20b", TargetAddress(FOLDER, "/srv/a b")),
        ("file:///D:/site", TargetAddress(FOLDER, "D:/site")),
        ("file://localhost/srv/x.zip", TargetAddress(ZIP, "/srv/x.zip")),
        ("s3://paper", TargetAddress(S3, "", "paper")),
        ("S3://paper/a/b%23/", TargetAddress(S3, "a/b#", "paper")),
        (
            "s3://paper/a?endpoint=http://127.0.0.1:9000&region=eu-west-1",
            TargetAddress(S3, "a", "paper", endpoint="http://127.0.0.1:9000", region="eu-west-1"),
        ),
        ("sftp://host", TargetAddress(SFTP, "/", "host")),
        ("sftp://me@Host:2222/a/", TargetAddress(SFTP, "/a", "host", "me", 2222)),
        ("sftp://me@[::1]:22/a", TargetAddress(SFTP, "/a", "::1", "me", 22)),
        ("sftp://[fe80::1%25eth0]/a", TargetAddress(SFTP, "/a", "fe80::1%25eth0")),
        ("sftp://me%40paper.example@host/a", TargetAddress(SFTP, "/a", "host", "me@paper.example")),
        ("sftp://münchen.example/ä", TargetAddress(SFTP, "/ä", "münchen.example")),
        ("sftp://صحيفة.example/a", TargetAddress(SFTP, "/a", "صحيفة.example")),
        (
            "git+https://host/o/paper.git/#site/v1",
            TargetAddress(GIT, "/o/paper.git", "host", branch="site/v1", transport="https"),
        ),
        (
            "GIT+SSH://git@host:2222/paper.git#pages",
            TargetAddress(GIT, "/paper.git", "host", "git", 2222, branch="pages", transport="ssh"),
        ),
        (
            "git+file:///srv/paper.git#pages",
            TargetAddress(GIT, "/srv/paper.git", branch="pages", transport="file"),
        ),
        (
            "git+file:///D:/paper.git#pages",
            TargetAddress(GIT, "D:/paper.git", branch="pages", transport="file"),
        ),
    ],
)
def test_parts_of_an_address_are_read(text: str, address: TargetAddress) -> None:
    assert read_address(text) == address


def test_what_a_place_needs_and_does_is_known_by_its_address() -> None:
    def traits(text: str) -> tuple[bool, bool, bool]:
        address = read_address(text)
        return address.is_zip, address.needs_secret, address.has_atomic_switch

    assert traits("/srv/site") == (False, False, True)
    assert traits("/srv/site.zip") == (True, False, True)
    assert traits("s3://paper/site") == (False, True, False)
    assert traits("s3://paper/site.zip") == (True, True, True)
    assert traits("sftp://host/site") == (False, True, False)
    assert traits("git+ssh://host/paper.git#pages") == (False, True, True)
    assert traits("git+file:///srv/paper.git#pages") == (False, False, True)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    for begin in ("", "/", "file:///", "s3://", "s3://bucket/", "sftp://", "git+https://h/r#"):
        try:
            address = read_address(begin + text)
        except BadValue:
            continue
        assert ".." not in address.path.split("/")
        assert not address.host.startswith("-")


_NAMES = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=12)
_PATHS = st.lists(_NAMES.filter(lambda name: name not in (".", "..")), min_size=1, max_size=4)


@given(_PATHS.map("/".join).filter(lambda path: "//" not in path and path.strip("/") == path))
def test_any_name_of_a_folder_can_be_written_in_an_address(path: str) -> None:
    if {".", ".."} & set(path.split("/")):
        return
    escaped = quote(path, safe="/")
    assert read_address(f"sftp://host/{escaped}").path == f"/{path}"
    assert read_address(f"s3://bucket/{escaped}").path == path
    assert read_address(f"git+https://host/{escaped}#pages").path == f"/{path}"
