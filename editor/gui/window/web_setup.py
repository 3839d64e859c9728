"""What the web engine needs before there is a QApplication; it can't be done afterwards."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt

from editor.gui.page.scheme import register_scheme


def prepare_web_engine() -> None:
    """Share OpenGL contexts and register the `stonehand:` scheme."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    register_scheme()
