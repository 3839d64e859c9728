"""Write SHA256SUMS of what is handed out: everything in `dist/` that is a file.

python3 packaging/build/sums.py dist
cd dist && sha256sum --check SHA256SUMS
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

NAME = "SHA256SUMS"
NOT_HANDED_OUT = (NAME, "window.png", "last-*")
"""This list, the picture that a build took of itself, the list of the build before."""


def main(arguments: list[str]) -> int:
    """Write the list into a folder, and print how many files it has."""
    folder = Path(arguments[0])
    lines = list(sums(folder))
    (folder / NAME).write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{NAME}: {len(lines)} files")
    return 0


def sums(folder: Path) -> Iterator[str]:
    """Yield a line for each file of a folder, by name, as `sha256sum` writes it."""
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        if not any(path.match(pattern) for pattern in NOT_HANDED_OUT):
            with path.open("rb") as file:
                yield f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
