"""Compile the catalogues of the interface before a wheel is made of the sources."""

import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledWords(BuildHookInterface):
    """Run by hatchling, as pyproject.toml says."""

    def initialize(self, _version, _build_data):
        words = Path(self.root) / "packaging" / "words.py"
        subprocess.run([sys.executable, words, "compile"], check=True)
