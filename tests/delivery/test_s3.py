from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor.core.target_address import read_address
from editor.delivery.credentials import Credentials
from editor.delivery.local_edition import read_local_edition
from editor.delivery.plan import look_at, plan_delivery
from editor.delivery.s3 import S3Remote
from editor.delivery.send import Sent, send_edition
from editor.delivery.sent_files import SentFiles
from editor.errors import Cancelled, CredentialsNeeded, DeliveryError, NotOurs
from editor.progress import Progress
from editor.serving.header_rules import parse_header_rules
from tests.delivery.bucket import KEY, Store
from tests.delivery.cut_wire import cut_and_send_again
from tests.delivery.editions import edition_files, site, write_files
from tests.delivery.loopback import answering, wire_to
from tests.delivery.test_send import NEW, OLD

BIG = edition_files(site({"ferry": "It leaves."}, {"media/big.jpg": bytes(range(256)) * 80_000}))


class Bucket:
    """A bucket, and a computer that delivers to it."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder, self.name = store, folder, store.new_bucket()
        write_files(folder / "old", OLD)
        write_files(folder / "new", NEW)

    def remote(self, port: int = 0) -> S3Remote:
        return S3Remote("“Website”", self.store.address(self.name, port), KEY)

    def send(
        self, name: str, port: int = 0, progress: Progress | None = None, *, force: bool = False
    ) -> Sent:
        edition = read_local_edition(self.folder / name)
        with self.remote(port) as remote, SentFiles(self.folder / "known") as sent:
            found = look_at(remote, sent.files)
            plan = plan_delivery(edition, found, sent.files, "Website", force=force)
            return send_edition(plan, remote, sent, progress or Progress())

    def files(self) -> dict[str, bytes]:
        return self.store.files(self.name)


@pytest.fixture
def bucket(store: Store, tmp_path: Path) -> Bucket:
    return Bucket(store, tmp_path)


def test_edition_arrives_byte_for_byte_and_twice_sends_nothing(bucket: Bucket) -> None:
    assert bucket.send("old").files == len(OLD)
    assert bucket.files() == OLD
    assert bucket.send("old") == Sent(0, 0, 0)


def test_change_sends_only_what_changed_and_removes_what_is_gone(bucket: Bucket) -> None:
    bucket.send("old")
    changed = [path for path in NEW if OLD.get(path) != NEW[path]]
    assert bucket.send("new") == Sent(len(changed), sum(len(NEW[path]) for path in changed), 1)
    assert bucket.files() == NEW


def test_files_of_others_in_the_bucket_stay(bucket: Bucket) -> None:
    bucket.store.backend.put_object(bucket.name, "site/CNAME", b"x")
    bucket.store.backend.put_object(bucket.name, "other/index.html", b"y")
    bucket.send("old")
    assert bucket.files() == OLD | {"CNAME": b"x", "other/index.html": b"y"}
    bucket.store.backend.put_object(bucket.name, "site/stories/newest.html", b"z")
    with pytest.raises(NotOurs):
        bucket.send("new")
    assert bucket.files()["stories/newest.html"] == b"z"


def test_servers_are_told_what_the_files_are(bucket: Bucket) -> None:
    rules = parse_header_rules(
        "/*\n  Cache-Control: max-age=60\n/media/*\n  Cache-Control: max-age=99, immutable\n",
        lambda _folder: True,
    )
    edition = read_local_edition(bucket.folder / "old")
    address = bucket.store.address(bucket.name)
    with S3Remote("“Website”", address, KEY, rules) as remote:
        for file in edition.files.values():
            remote.store(file, lambda _size: None)
    page = bucket.store.about(bucket.name, "stories/ferry.html")
    assert page.metadata["Content-Type"] == "text/html; charset=utf-8"
    assert page.metadata["Cache-Control"] == "max-age=60"
    sha256 = edition.files["stories/ferry.html"].sha256
    assert page.metadata["x-amz-meta-sha256"] == sha256
    picture = bucket.store.about(bucket.name, "media/p1.jpg")
    assert picture.metadata["Content-Type"] == "image/jpeg"
    assert picture.metadata["Cache-Control"] == "max-age=99, immutable"


def test_listing_of_more_than_a_thousand_files_is_whole(bucket: Bucket) -> None:
    for number in range(2_100):
        bucket.store.backend.put_object(bucket.name, f"site/{number}.txt", b"x")
    with bucket.remote() as remote:
        assert len(remote.listing()) == 2_100
        remote.remove(f"{number}.txt" for number in range(2_099))
        assert [*remote.listing()] == ["2099.txt"]


def test_half_a_listing_is_an_error(bucket: Bucket) -> None:
    for number in range(400):
        bucket.store.backend.put_object(bucket.name, f"site/{number}.txt", b"x")
    with wire_to(bucket.store.port) as wire:
        wire.restore(room_back=20_000)
        with pytest.raises(DeliveryError, match="“Website”: the connection to 127"):
            bucket.send("old", wire.port)
    assert len(bucket.files()) == 400


def test_large_file_goes_in_parts_and_can_be_cancelled(bucket: Bucket) -> None:
    write_files(bucket.folder / "big", BIG)
    steps: list[int] = []

    def on_report(done: int, _total: int, path: str) -> None:
        if path == "media/big.jpg":
            steps.append(done)
        if len(steps) == 3:
            progress.cancel()

    progress = Progress(on_report)
    with pytest.raises(Cancelled):
        bucket.send("big", progress=progress)
    assert "media/big.jpg" not in bucket.files()
    assert not bucket.store.backend.buckets[bucket.name].multiparts
    bucket.send("big")
    assert bucket.files() == BIG
    assert bucket.send("big") == Sent(0, 0, 0)


def test_upload_of_a_large_file_that_was_cut_is_given_up_next_time(bucket: Bucket) -> None:
    write_files(bucket.folder / "big", BIG)
    with wire_to(bucket.store.port) as wire:
        wire.restore(room=10_000_000)
        with pytest.raises(DeliveryError):
            bucket.send("big", wire.port)
    parts = bucket.store.backend.buckets[bucket.name].multiparts
    assert len(parts) == 1
    bucket.send("big")
    assert bucket.files() == BIG
    assert not parts


def test_zip_file_is_replaced_only_where_it_is_ours(bucket: Bucket) -> None:
    def send(name: str) -> Sent:
        edition = read_local_edition(bucket.folder / name / "paper.zip")
        address = bucket.store.address(bucket.name, folder="site/paper.zip")
        known = SentFiles(bucket.folder / f"known-{name}")
        with S3Remote("“Partner”", address, KEY) as remote, known as sent:
            plan = plan_delivery(edition, look_at(remote, sent.files), sent.files, "Partner")
            return send_edition(plan, remote, sent, Progress())

    old = write_files(bucket.folder / "a" / "paper.zip", OLD).read_bytes()
    new = write_files(bucket.folder / "b" / "paper.zip", NEW).read_bytes()
    bucket.store.backend.put_object(bucket.name, "site/other.zip", b"z")
    assert send("a") == Sent(1, len(old), 0)
    assert send("a") == Sent(0, 0, 0)
    assert send("b").files == 1  # another computer of the same desk
    assert bucket.files() == {"paper.zip": new, "other.zip": b"z"}
    with pytest.raises(NotOurs, match="newer"):
        send("a")
    bucket.store.backend.put_object(bucket.name, "site/paper.zip", b"no zip of ours")
    with pytest.raises(NotOurs, match=r"Partner.*paper\.zip"):
        send("b")


def error(code: str, more: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f"<Error><Code>{code}</Code><Message>canary-secret-key-5391</Message>{more}</Error>"
    )


@pytest.mark.parametrize(
    ("status", "body", "kind", "sentence"),
    [
        (404, error("NoSuchBucket"), DeliveryError, "there is no bucket paper"),
        (403, error("InvalidAccessKeyId"), CredentialsNeeded, "refused the access key"),
        (403, error("SignatureDoesNotMatch"), CredentialsNeeded, "refused the access key"),
        (403, error("AccessDenied"), DeliveryError, "may not list, write and remove in paper"),
        (403, error("RequestTimeTooSkewed", "<ServerTime>HOUR AHEAD</ServerTime>"),
         DeliveryError, "time of this computer, which is wrong by (59|60) minutes"),
        (507, error("XMinioStorageFull"), DeliveryError, "no room for the edition at “Website”"),
        (403, error("QuotaExceeded"), DeliveryError, "no room for the edition at “Website”"),
        (503, error("SlowDown"), DeliveryError, r"busy, or has a fault \(503\)"),
        (400, error("AuthorizationHeaderMalformed"), DeliveryError, "in another region"),
        (418, error("Teapot"), DeliveryError, r"refused a request \(418\)"),
        (200, "<html>no listing", DeliveryError, "“Website”"),
    ],
)  # fmt: skip
def test_answer_becomes_a_sentence_without_secrets(
    status: int,
    body: str,
    kind: type[DeliveryError],
    sentence: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    hour_ahead = datetime.now(UTC) + timedelta(minutes=60)
    body = body.replace("HOUR AHEAD", hour_ahead.strftime("%Y-%m-%dT%H:%M:%SZ"))
    with answering(status, body, {"Content-Type": "application/xml"}) as port:
        address = read_address(f"s3://paper/site?endpoint=http://127.0.0.1:{port}")
        with S3Remote("“Website”", address, KEY) as remote, pytest.raises(kind) as caught:
            remote.listing()
    assert re.search(sentence, caught.value.sentence)
    assert "“Website”" in caught.value.sentence
    assert caught.value.hint
    assert type(caught.value) is kind
    assert caught.value.__suppress_context__
    for text in (repr(caught.value), caught.value.hint, repr(remote), repr(vars(remote))):
        assert KEY.secret not in text
    ours = [record.getMessage() for record in caplog.records if record.name == "stonehand"]
    assert not [line for line in ours if KEY.secret in line]


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("127.0.0.1:9", r"“Website”: 127\.0\.0\.1 can't be reached"),
        ("nowhere.invalid", r"no server nowhere\.invalid, or no network"),
    ],
)
def test_server_that_is_not_there_is_named(host: str, sentence: str) -> None:
    address = read_address(f"s3://paper/site?endpoint=http://{host}")
    remote = S3Remote("“Website”", address, KEY)
    with remote, pytest.raises(DeliveryError, match=sentence):
        remote.listing()


def test_only_what_a_person_gave_opens_a_bucket(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "theirs")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "theirs")
    with pytest.raises(CredentialsNeeded, match="“Website” needs the id of an access key"):
        S3Remote("“Website”", bucket.store.address(bucket.name), Credentials()).listing()
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    bucket.send("old")
    assert bucket.files() == OLD


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_cut_anywhere_leaves_links_that_lead_somewhere(bucket: Bucket, share: float) -> None:
    check_cut(bucket, share)


def check_cut(bucket: Bucket, share: float) -> None:
    cut_and_send_again(bucket, bucket.store.port, int(share * 21_000))


@pytest.mark.slow
@pytest.mark.parametrize("share", [number / 50 for number in range(50)])
def test_cut_at_fifty_points(bucket: Bucket, share: float) -> None:
    check_cut(bucket, share)
