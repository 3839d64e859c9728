"""Qt's WebEngine needs the library of QML, but none of its modules and what those need."""

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
