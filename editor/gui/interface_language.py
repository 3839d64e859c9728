"""The language of the window: its words, those of Qt, numbers, and which way it runs."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from editor.i18n import ENGLISH, use_language

_NAME = "interface language"
_SPOKEN = ("en", "ar")
# Qt takes Arabic without a country for Egypt's; CLDR writes it with the digits of the Emirates.
_QT_NAMES = {"ar": "ar_AE"}


def system_language() -> str:
    """Return the tag of the first language of the system that the interface speaks.

    English where that is none. Arabic is `ar-EG` where the system writes the digits ١٢٣.
    """
    system = QLocale.system()
    names = [tag.partition("-")[0] for tag in system.uiLanguages()]
    name = next((name for name in names if name in _SPOKEN), ENGLISH)
    return "ar-EG" if name == "ar" and system.zeroDigit() == "٠" else name


def apply_language(app: QApplication, tag: str) -> None:
    """Choose the language (BCP 47) of what is made from now on; existing windows keep their words.

    English keeps the system's week and dates.
    """
    use_language(tag)
    is_english = tag.partition("-")[0] == "en"
    locale = QLocale.system() if is_english else QLocale(_QT_NAMES.get(tag, tag.replace("-", "_")))
    QLocale.setDefault(locale)
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.deleteLater()
    if not is_english:
        translator = QTranslator(app)
        translator.setObjectName(_NAME)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(locale, "qtbase", "_", folder):
            app.installTranslator(translator)
    left_to_right = Qt.LayoutDirection.LeftToRight
    # After the translator, which brings a direction of its own.
    app.setLayoutDirection(left_to_right if is_english else locale.textDirection())
