"""The toolkit's application object, made so that OpenGL is never loaded under X."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtGui import QOpenGLContext
from PySide6.QtWidgets import QApplication

_CHOICE = "QT_XCB_GL_INTEGRATION"


def make_application(arguments: Sequence[str]) -> QApplication:
    """Make the application; neither the window nor its pages are drawn with OpenGL.

    Without this the web engine tries graphics drivers under X: on a machine without
    them that loads a software renderer, for 30 MB and a tenth of a second.
    """
    is_chosen = _CHOICE in os.environ
    os.environ.setdefault(_CHOICE, "none")
    app = QApplication(list(arguments))
    # The first question is when Qt reads the choice; it then holds for the whole process.
    QOpenGLContext.supportsThreadedOpenGL()
    if not is_chosen:
        # Programs that this one starts, as a browser for a link, have a choice of their own.
        del os.environ[_CHOICE]
    return app
