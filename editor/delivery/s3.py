"""A bucket of an object store as a target (S3, and what speaks as it does).

A file is seen as soon as it is in the bucket, so pages come before lists. Only what a person
gave opens it: nothing of the usual settings of AWS on this computer is read.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cache
from hashlib import md5
from typing import TYPE_CHECKING, Any

from editor.core.target_address import TargetAddress
from editor.delivery.credentials import Credentials
from editor.delivery.file_system import FileSystemRemote, checked_chunks
from editor.delivery.local_edition import MOST_BYTES
from editor.delivery.remote import NOTE, LocalFile, RemoteFile
from editor.delivery.s3_problems import (
    CONDITION_UNKNOWN,
    FILE_EXISTS,
    answer_code,
    key_needed,
    known_s3_problems,
)
from editor.log import log
from editor.serving.header_rules import HeaderRule, headers_of
from editor.serving.media_types import media_type

if TYPE_CHECKING:
    from s3fs import S3FileSystem

_PART = 8 << 20
"""Bytes of a part of a large file; S3 wants 5 MiB at least, and 10,000 parts at most."""
_MOST_PARTS = 10_000
_AT_ONCE = 1_000
"""How many files one request removes at most."""
_SECONDS = 60
_USUAL_REGION = "us-east-1"


class S3Remote(FileSystemRemote):
    """A `Remote` for a bucket. `rules` are the edition's own for what servers say of its files."""

    def __init__(
        self,
        title: str,
        address: TargetAddress,
        credentials: Credentials,
        rules: tuple[HeaderRule, ...] = (),
    ) -> None:
        folder, _slash, name = address.path.rpartition("/")
        zip_name = name if address.is_zip else ""
        folder = folder if address.is_zip else address.path
        super().__init__(title, f"{address.host}/{folder}".rstrip("/"), zip_name)
        self._bucket = address.host
        self._prefix = f"{folder}/" if folder else ""
        self._address = address
        self._credentials = credentials
        self._rules = rules

    def connect(self) -> S3FileSystem:
        """Make a client; the first request connects it."""
        if not (self._credentials.user and self._credentials.secret):
            raise key_needed(self.title)
        from aiobotocore.session import AioSession  # noqa: PLC0415  only while delivering
        from s3fs import S3FileSystem  # noqa: PLC0415

        nothing = {"config_file": os.devnull, "credentials_file": os.devnull}
        variables = {name: (None, None, value, None) for name, value in nothing.items()}
        session = AioSession(session_vars={**variables, "profile": (None, None, None, None)})
        session.register_component("data_loader", _descriptions())
        # Some stores refuse the checksums that newer clients add; Content-MD5 is known to all.
        config = {
            "connect_timeout": _SECONDS,
            "read_timeout": _SECONDS,
            "retries": {"max_attempts": 2, "mode": "standard"},
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
            "ignore_configured_endpoint_urls": True,
        }
        system = S3FileSystem(
            key=self._credentials.user,
            secret=self._credentials.secret,
            session=session,
            endpoint_url=self._address.endpoint or None,
            client_kwargs={"region_name": self._address.region or _USUAL_REGION},
            config_kwargs=config,
            use_listings_cache=False,
            skip_instance_cache=True,
        )
        system.retries = 2
        system.connect()
        return system

    def disconnect(self, system: Any) -> None:
        """Close the connections of the client."""
        from fsspec.asyn import sync  # noqa: PLC0415  only while delivering

        sync(system.loop, system._s3creator.__aexit__, None, None, None)

    def known_problems(self, path: str = "") -> AbstractContextManager[None]:
        """Turn what the store answers into a DeliveryError."""
        return known_s3_problems(self.title, self._address)

    def list_files(self) -> Iterator[tuple[str, RemoteFile]]:
        """Yield every file with its path: 1,000 of them a request."""
        token: dict[str, str] = {}
        while True:
            page = self._call("list_objects_v2", Prefix=self._prefix, **token)
            for row in page.get("Contents", ()):
                path = row["Key"][len(self._prefix) :]
                if path and not path.endswith("/"):  # which some programs add for a folder
                    yield path, RemoteFile(row["Size"], row["ETag"].strip('"'))
            if not page.get("IsTruncated"):
                return
            token = {"ContinuationToken": page["NextContinuationToken"]}

    def list_file(self, path: str) -> Iterator[tuple[str, RemoteFile]]:
        """Yield one file, if it is there."""
        try:
            info = self._call("head_object", Key=self._prefix + path)
        except FileNotFoundError:
            return
        yield path, RemoteFile(info["ContentLength"], info["ETag"].strip('"'))

    def begin(self) -> None:
        """Give up the uploads of large files that were cut."""
        with self.known_problems():
            note = self._read(NOTE, MOST_BYTES).decode("utf-8", "replace")
            wanted = {self._prefix + path for path in note.split("\n")}
            uploads = self._call("list_multipart_uploads", Prefix=self._prefix)
            for upload in uploads.get("Uploads", ()):
                if upload["Key"] in wanted:
                    self._abort(upload["Key"], upload["UploadId"])

    def store(self, file: LocalFile, on_bytes: Callable[[int], None]) -> RemoteFile:
        """Put a file into the bucket, with what servers say of it."""
        about = {
            "Key": self._prefix + file.path,
            "ContentType": media_type(file.path),
            "Metadata": {"sha256": file.sha256},
        }
        cached = headers_of(f"/{file.path}", self._rules).get("cache-control")
        if cached:
            about["CacheControl"] = cached
        with self.known_problems(file.path):
            if file.size > _PART:
                tag = self._store_in_parts(file, about, on_bytes)
            else:
                data = b"".join(checked_chunks(file))
                tag = self._call("put_object", **about, Body=data, ContentMD5=_md5(data))["ETag"]
                on_bytes(len(data))
        return RemoteFile(file.size, tag.strip('"'))

    def create(self, file: LocalFile) -> bool:
        """Put a small file into the bucket if there is none; older stores replace one."""
        data = b"".join(checked_chunks(file))
        about = {"Key": self._prefix + file.path, "Body": data, "ContentMD5": _md5(data)}
        with self.known_problems(file.path):
            try:
                self._call("put_object", **about, IfNoneMatch="*")
            except OSError as error:
                code = answer_code(error)
                if code in FILE_EXISTS:
                    return False
                if code not in CONDITION_UNKNOWN:
                    raise
                self._call("put_object", **about)
        return True

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, 1,000 a request; a bucket has no folders."""
        keys = [{"Key": self._prefix + path} for path in paths]
        for start in range(0, len(keys), _AT_ONCE):
            with self.known_problems():
                answer = self._call(
                    "delete_objects",
                    Delete={"Objects": keys[start : start + _AT_ONCE], "Quiet": True},
                )
                for refused in answer.get("Errors", ()):
                    raise PermissionError(refused.get("Code", ""))

    def finish(self) -> None:
        """Do nothing: every file is seen already."""

    def _store_in_parts(
        self, file: LocalFile, about: Mapping[str, Any], on_bytes: Callable[[int], None]
    ) -> str:
        key = about["Key"]
        upload = self._call("create_multipart_upload", **about)["UploadId"]
        parts = []
        size = max(_PART, -(-file.size // _MOST_PARTS))
        try:
            for number, chunk in enumerate(checked_chunks(file, size), 1):
                answer = self._call(
                    "upload_part", Key=key, UploadId=upload, PartNumber=number, Body=chunk,
                    ContentMD5=_md5(chunk),
                )  # fmt: skip
                parts.append({"PartNumber": number, "ETag": answer["ETag"]})
                on_bytes(len(chunk))
            whole = self._call(
                "complete_multipart_upload", Key=key, UploadId=upload,
                MultipartUpload={"Parts": parts},
            )  # fmt: skip
        except BaseException:
            self._give_up(key, upload)
            raise
        return str(whole["ETag"])

    def _give_up(self, key: str, upload: str) -> None:
        try:
            self._abort(key, upload)
        except Exception:  # noqa: BLE001  the first error says why; the next delivery gives it up
            log.info("An upload could not be given up.")

    def _abort(self, key: str, upload: str) -> None:
        self._call("abort_multipart_upload", Key=key, UploadId=upload)

    def _call(self, method: str, **values: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.system.call_s3(method, Bucket=self._bucket, **values)
        return answer


@cache
def _descriptions() -> Any:
    """Return what reads botocore's descriptions of services: of many megabytes, so only once."""
    from botocore.loaders import Loader  # noqa: PLC0415  only while delivering

    return Loader()


def _md5(data: bytes) -> str:
    return b64encode(md5(data, usedforsecurity=False).digest()).decode()
