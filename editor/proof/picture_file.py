"""What a picture file is by its first bytes, and how large one may be."""

from __future__ import annotations

from editor.errors import UnreadablePicture
from editor.i18n import _

BYTES_AT_MOST = 60_000_000
PIXELS_AT_MOST = 100_000_000
SIDE_AT_MOST = 65_500
"""The longest side in pixels; no longer one can be written as JPEG (libjpeg's limit)."""
SCANS_AT_MOST = 100
"""How often a progressive JPEG may go over its pixels; programs write about ten scans."""
FRAMES_AT_MOST = 100
"""How many frames an animation may have; the first one is shown."""


def kind_of(data: bytes) -> str:
    """Return `jpg`, `png` or `webp`. Raises UnreadablePicture, which names the other kinds."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    raise UnreadablePicture(
        _describe_refusal(data), _("Save it as JPEG, PNG or WebP, then add it.")
    )


def check_bytes(size: int) -> None:
    """Raise UnreadablePicture for a file that is too large, in bytes."""
    if size > BYTES_AT_MOST:
        raise UnreadablePicture(
            _("The picture is {size} MB; {limit} MB is the limit.").format(
                size=size // 1_000_000, limit=BYTES_AT_MOST // 1_000_000
            ),
            _("Save it smaller, then add it."),
        )


def check_pixels(width: int, height: int) -> None:
    """Raise UnreadablePicture for a picture that is too long or has too many pixels."""
    if width * height > PIXELS_AT_MOST:
        raise UnreadablePicture(
            _(
                "The picture has {size} megapixels ({width} × {height}); "
                "{limit} megapixels is the limit."
            ).format(
                size=width * height // 1_000_000,
                width=width,
                height=height,
                limit=PIXELS_AT_MOST // 1_000_000,
            ),
            _("Make it smaller, then add it."),
        )
    if max(width, height) > SIDE_AT_MOST:
        raise UnreadablePicture(
            _(
                "The picture is {width} × {height} pixels; {side_at_most} pixels "
                "is the limit for a side."
            ).format(width=width, height=height, side_at_most=SIDE_AT_MOST),
            _("Make it smaller, then add it."),
        )


def check_scans(count: int) -> None:
    """Raise UnreadablePicture for a JPEG of so many scans that only an attack needs them."""
    if count > SCANS_AT_MOST:
        raise UnreadablePicture(
            _("The picture has {count} scans; {scans_at_most} scans is the limit.").format(
                count=count, scans_at_most=SCANS_AT_MOST
            ),
            _("Save it again from a picture program, then add it."),
        )


def check_frames(count: int) -> None:
    """Raise UnreadablePicture for an animation that is too long."""
    if count > FRAMES_AT_MOST:
        raise UnreadablePicture(
            _("The picture has {count} frames; {frames_at_most} frames is the limit.").format(
                count=count, frames_at_most=FRAMES_AT_MOST
            ),
            _("Save one frame as a picture of its own, then add that."),
        )


def broken() -> UnreadablePicture:
    """Return the error about a picture that no program could show."""
    return UnreadablePicture(
        _("The picture is broken or not complete."),
        _("Get the file again from its source, or save it again from a picture program."),
    )


def _describe_refusal(data: bytes) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return _("The picture file is empty.")
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in data[:4096].lower():
        return _("SVG drawings can't be added: they may contain scripts.")
    if start.startswith(b"gif8"):
        return _("GIF pictures can't be added.")
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return _("HEIC and AVIF pictures can't be added.")
    return _("The file is not a JPEG, PNG or WebP picture.")
