"""Where the window begins."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt

from editor.gui.preview.scheme import register_scheme


def prepare() -> None:
    """Do what has to be done before there is a QApplication: WebEngine insists on it."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    register_scheme()
