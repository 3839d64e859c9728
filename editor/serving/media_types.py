"""Media types of the files of an export: one table, the same on every computer."""

from __future__ import annotations

_TYPES = {
    "avif": "image/avif",
    "css": "text/css",
    "csv": "text/csv",
    "gif": "image/gif",
    "htm": "text/html",
    "html": "text/html",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "jws": "application/jose",
    "map": "application/json",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
}
_TYPES_OF_NAMES = {
    "SHA256SUMS": "text/plain",
    "feed.json": "application/feed+json",
    "feed.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
}
_UNKNOWN = "application/octet-stream"
_TEXTS = ("text/", "application/json", "application/xml", "application/javascript")


def media_type(path: str) -> str:
    """Return the media type of a file by its name, with the encoding of plain texts."""
    name = path.rpartition("/")[2]
    kind = _TYPES_OF_NAMES.get(name) or _TYPES.get(name.rpartition(".")[2].lower(), _UNKNOWN)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def is_text(kind: str) -> bool:
    """Return whether files of a media type are texts, which become smaller when compressed."""
    plain = kind.partition(";")[0].strip().lower()
    return plain.startswith(_TEXTS) or plain.endswith(("+xml", "+json"))


def is_html(kind: str) -> bool:
    """Return whether a media type is that of pages."""
    return kind.partition(";")[0].strip().lower() == "text/html"
