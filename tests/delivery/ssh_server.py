"""A real server for SSH on loopback (asyncssh), with a folder that readers see."""

from __future__ import annotations

import asyncio
import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh

from editor.core.target_address import TargetAddress, read_address
from editor.delivery.credentials import Credentials
from editor.delivery.remote import PRIVATE_FOLDER

PASSWORD = Credentials("canary-password-7713")


class SshServer:
    """The server. `room` are the bytes that may still be written, None for any number."""

    def __init__(self, root: Path, password: str) -> None:
        self.root, self.password = root, password
        self.port = 0
        self.room: int | None = None
        self.closed_folders: set[bytes] = set()
        self.opened: list[str] = []
        self.listed: list[str] = []
        self.connections: list[asyncssh.SSHServerConnection] = []
        self.keys = asyncssh.generate_private_key("ssh-ed25519")
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._listener: Any = None

    def address(self, port: int = 0, folder: str = "/site") -> TargetAddress:
        return read_address(f"sftp://desk@127.0.0.1:{port or self.port}{folder}")

    def files(self) -> dict[str, bytes]:
        """What readers see."""
        site = self.root / "site"
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in sorted(site.rglob("*"))
            if path.is_file() and PRIVATE_FOLDER not in path.parts
        }

    def start(self) -> None:
        server = self

        class Auth(asyncssh.SSHServer):
            def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
                server.connections.append(conn)

            def begin_auth(self, username: str) -> bool:
                return True

            def password_auth_supported(self) -> bool:
                return True

            def validate_password(self, username: str, password: str) -> bool:
                return (username, password) == ("desk", server.password)

            def public_key_auth_supported(self) -> bool:
                return True

            def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
                return key == server.keys.convert_to_public()

        class Files(asyncssh.SFTPServer):
            def __init__(self, chan: Any) -> None:
                super().__init__(chan, chroot=os.fsencode(server.root))

            def open(self, path: bytes, pflags: int, attrs: Any) -> Any:
                server.opened.append(path.decode())
                return super().open(path, pflags, attrs)

            def scandir(self, path: bytes) -> Any:
                server.listed.append(path.decode())
                if path in server.closed_folders:
                    raise asyncssh.SFTPPermissionDenied("no")
                return super().scandir(path)

            def mkdir(self, path: bytes, attrs: Any) -> Any:
                if path in server.closed_folders:  # root may write anywhere
                    raise asyncssh.SFTPPermissionDenied("no")
                return super().mkdir(path, attrs)

            def write(self, file_obj: Any, offset: int, data: bytes) -> int:
                if server.room is not None:
                    server.room -= len(data)
                    if server.room < 0:
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                written = super().write(file_obj, offset, data)
                assert isinstance(written, int)
                return written

        async def listen() -> Any:
            return await asyncssh.listen(
                "127.0.0.1", self.port, server_factory=Auth, sftp_factory=Files,
                server_host_keys=[self.host_key], process_factory=self._run_git, encoding=None,
            )  # fmt: skip

        self._listener = self.run(listen())
        self.port = self._listener.get_port()

    async def _run_git(self, process: Any) -> None:
        """Run git's own commands on the repositories in the root."""
        command, _space, path = process.command.partition(" ")
        git = await asyncio.create_subprocess_exec(
            *command.split("-", 1),
            str(self.root / path.strip("'/")),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

        async def copy(source: Any, to: Any, end: Any) -> None:
            while data := await source.read(1 << 16):
                to.write(data)
            end()

        incoming = asyncio.create_task(copy(process.stdin, git.stdin, git.stdin.close))
        await asyncio.gather(
            copy(git.stdout, process.stdout, lambda: None),
            copy(git.stderr, process.stderr, lambda: None),
        )
        incoming.cancel()
        process.exit(await git.wait())

    def stop(self) -> None:
        async def close() -> None:
            self._listener.close()
            await self._listener.wait_closed()
            for connection in self.connections:
                connection.abort()
                await connection.wait_closed()
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        self.run(close())
        self.connections.clear()

    def close(self) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, task: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(task, self._loop).result(30)


@contextmanager
def start_ssh(root: Path) -> Iterator[SshServer]:
    (root / "site").mkdir(parents=True)
    server = SshServer(root, PASSWORD.secret)
    server.start()
    try:
        yield server
    finally:
        server.close()
