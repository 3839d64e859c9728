"""Content credentials (C2PA) of a JPEG: what a paper signs about it.

Nothing of the original's own metadata is among them, and nothing that names a person, a file or a
computer but the words that readers see. No time-stamp and no address is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from typing import Any
from uuid import UUID

from editor.core.house import House
from editor.core.rendition import Rendition
from editor.core.story import Picture
from editor.errors import OutputError, UnsignedPicture
from editor.i18n import _
from editor.proof.picture_metadata import PictureRights
from editor.proof.repeatable_manifest import repeatable

Sign = Callable[[bytes], bytes]
"""Gives an ES256 signature, the same for the same bytes."""

_BYTES_AT_MOST = 2_000
"""Of one text, so that a manifest fits into one segment of a JPEG."""
_SETTINGS = {
    "builder": {
        "thumbnail": {"enabled": False},
        # The paper says these itself, it has not gathered them from others.
        "created_assertion_labels": ["c2pa.actions", "c2pa.ingredient", "cawg.metadata"],
    },
    "verify": {
        "verify_after_sign": False,  # the repeatable bytes are verified instead
        "remote_manifest_fetch": False,
        "ocsp_fetch": False,
        "verify_trust": False,
    },
}
_CONTEXT = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
}


@dataclass(frozen=True, slots=True)
class ContentCredentials:
    """What a paper states about one rendition of a picture, and by which certificates.

    `actions` are those of C2PA, in their order; `texts` are properties of XMP by their names.
    `original` is the file that was opened: all renditions of a picture name the same.
    """

    certificates: str
    original: str
    title: str
    actions: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """A hash of all that goes into the manifest, but for the picture's bytes."""
        parts = (self.certificates, self.original, self.title, self.actions, self.texts, _library())
        return sha256(repr(parts).encode()).hexdigest()

    def signed(self, jpeg: bytes, sign: Sign) -> bytes:
        """Return a JPEG with its signed manifest: the same bytes for the same picture and key.

        Raises OutputError where the library is missing, UnsignedPicture where it refuses the
        picture or a certificate.
        """
        c2pa = _load_library()
        digest = sha256(jpeg + self.key.encode()).digest()
        asked: list[bytes] = []

        def sign_once(data: bytes) -> bytes:
            asked.append(bytes(data))
            return sign(asked[-1])

        try:
            signer = c2pa.Signer.from_callback(
                sign_once, c2pa.C2paSigningAlg.ES256, self.certificates, None
            )
            settings = c2pa.Context.from_dict(_SETTINGS)
            out = BytesIO()
            with (
                signer,
                settings,
                c2pa.Builder(self._manifest(digest), context=settings) as builder,
            ):
                manifest = builder.sign(signer, "image/jpeg", BytesIO(jpeg), out)
            data = out.getvalue()
            if data.count(manifest) != 1:
                raise ValueError("the manifest is not in one piece")
            data = data.replace(manifest, repeatable(manifest, asked[-1], sign))
            settings = c2pa.Context.from_dict(_SETTINGS)
            with settings, c2pa.Reader("image/jpeg", BytesIO(data), context=settings) as reader:
                state = reader.get_validation_state()
        except (c2pa.C2paError, ValueError) as error:
            raise _refused(str(error)) from error
        if state not in ("Valid", "Trusted"):
            raise _refused(str(state))
        return data

    def _manifest(self, digest: bytes) -> dict[str, Any]:
        id = UUID(bytes=digest[:16], version=4)
        opened_id = UUID(
            bytes=sha256(f"original {self.original}".encode()).digest()[:16], version=4
        )
        original = {"relationship": "parentOf", "format": "image/jpeg", "label": "original"}
        opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["original"]}}
        actions = [opened, *({"action": action} for action in self.actions)]
        words = {"@context": _CONTEXT, **dict(self.texts)}
        return {
            "claim_generator_info": [{"name": "Stonehand"}],
            "label": f"urn:c2pa:{id}",
            "instance_id": f"xmp:iid:{id}",
            "title": self.title,
            "format": "image/jpeg",
            "ingredients": [{**original, "instance_id": f"xmp:iid:{opened_id}"}],
            "assertions": [
                {"label": "c2pa.actions", "data": {"actions": actions}},
                {"label": "cawg.metadata", "data": words},
            ],
        }


def content_credentials(
    picture: Picture, rendition: Rendition, rights: PictureRights, house: House
) -> ContentCredentials | None:
    """Return what is stated about a rendition; None where the paper states nothing, or of no JPEG.

    The paper opened an original, perhaps turned it, cropped it and changed its size, encoded it
    again and published it (C2PA Technical Specification 2.2, 18.15).
    """
    if not house.content_credentials or rendition.kind != "jpg":
        return None
    whole = (0, 0, *picture.size)
    part = tuple(rendition.crop or whole)
    cropped = ("c2pa.cropped",) if part != whole else ()
    shown = part[2] - part[0], part[3] - part[1]
    resized = ("c2pa.resized",) if (rendition.width, rendition.height) != shown else ()
    turned = ("c2pa.orientation",) if rendition.rotation else ()
    texts = {
        "dc:description": picture.caption,
        "dc:publisher": house.name,
        "dc:rights": rights.copyright,
        "photoshop:Credit": picture.bare_credit,
    }
    return ContentCredentials(
        house.content_credentials,
        picture.file,
        _bounded(picture.caption or house.name),
        (*turned, *cropped, *resized, "c2pa.transcoded", "c2pa.published"),
        tuple((name, _bounded(text)) for name, text in texts.items() if text.strip()),
    )


def _bounded(text: str) -> str:
    return text.strip().encode()[:_BYTES_AT_MOST].decode(errors="ignore")


def _library() -> str:
    try:
        return version("c2pa-python")
    except PackageNotFoundError:
        return ""


def _load_library() -> Any:
    try:
        import c2pa  # noqa: PLC0415  a large library that few papers use
    except (ImportError, OSError, RuntimeError) as error:
        raise OutputError(
            _("Content credentials can't be made on this computer: c2pa-python is missing."),
            _("Install it, export on another computer, or turn content credentials off."),
        ) from error
    return c2pa


def _refused(reason: str) -> UnsignedPicture:
    return UnsignedPicture(
        _("Content credentials can't be signed: {reason}.").format(
            reason=reason.strip().rstrip(".")[:200]
        ),
        _("Look at the certificates with `stonehand credentials`, or turn them off."),
    )
