"""Import modules from the file that runs, whatever is at its path by now (Linux).

PyInstaller opens the program's file by its path for each module. An update puts another file
there while a window is open, with other modules at the same places: then no key typed anything.
"""

import os

import pyimod02_importers

RUNNING = "/proc/self/exe"
"""The file of this process, for as long as it runs, also where it has no name any more."""

archive = pyimod02_importers.pyz_archive
if os.path.exists(RUNNING) and os.path.samefile(archive._filename, RUNNING):
    archive._filename = RUNNING
