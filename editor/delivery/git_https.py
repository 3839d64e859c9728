"""Git over HTTPS, with connections that are closed at the end. Import it only while delivering."""

from __future__ import annotations

from typing import Any

from dulwich.client import HttpGitClient, default_urllib3_manager
from urllib3 import BaseHTTPResponse, PoolManager, Retry

_SECONDS = 60
"""After so long without an answer a server is given up."""


class _Connections(PoolManager):
    """Remembers the answers, of which dulwich leaves some unread: a refused login, say."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.answers: list[BaseHTTPResponse] = []

    def request(self, *arguments: Any, **options: Any) -> BaseHTTPResponse:
        """Make a request once; redirects are followed."""
        # A body that was sent in part can't be sent once more.
        retries = Retry(3, connect=0, read=0, status=0, other=0)
        answer = super().request(*arguments, retries=retries, **options)
        self.answers.append(answer)
        return answer


class HttpsGitClient(HttpGitClient):
    """Speaks git's protocol over HTTPS. `secret` is a password or a token, empty for none."""

    def __init__(self, url: str, user: str, secret: str) -> None:
        connections = default_urllib3_manager(
            None, pool_manager_cls=_Connections, base_url=url, timeout=_SECONDS
        )
        super().__init__(
            url,
            pool_manager=connections,
            username=user if secret else None,
            password=secret or None,
            timeout=_SECONDS,
        )

    def close(self) -> None:
        """Close every connection."""
        for answer in getattr(self.pool_manager, "answers", ()):
            answer.close()
        self.pool_manager.clear()
        super().close()
