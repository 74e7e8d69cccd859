"""The language of a text: English is read, others are named and refused, short texts are left open."""

from __future__ import annotations

from functools import cache
from typing import Any

from verbale.errors import DocumentError

_READ = 2000  # characters looked at
_LETTERS = 40  # fewer tell too little
# Nigerian Pidgin shares most of its words with English headlines; Scots is not among the model's languages.
_ENGLISH = ("en", "pcm")
_NO_LANGUAGE = "zxx"  # the model's answer to tables of figures
# Measured with py3langid 0.4.0: of 400 US articles, 3,900 cuts of 60 and 200 characters from them and 1,050
# sentences none was English with less than 0.05; sentences in 20 other languages with 0.0001 at most.
_SURELY_NOT = 0.02
_SURELY = 0.5


def language(text: str, subject: str, known: str = "", declared: str = "") -> str:
    """Tell a text's language.

    Args:
        text: the whole text.
        subject: the source as the user named it.
        known: an ISO 639-1 code that its finder gives it, which is believed.
        declared: one that the page gives itself, which counts only where the text is too short to tell.

    Returns:
        "en", or "" when the text is too short to tell.

    Raises:
        DocumentError: it is not English.
    """
    if known:
        return _english(known, subject, "is marked as")
    found = _told(text[:_READ])
    return _english(found, subject, "looks like") if found else _english(declared, subject, "is marked as")


def _told(text: str) -> str:
    if sum(map(str.isalpha, text)) < _LETTERS:
        return ""
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    english = sum(probability for code, probability in ranked if code in _ENGLISH)
    if english >= _SURELY:
        return "en"
    likeliest = ranked[0][0]
    return likeliest if english < _SURELY_NOT and likeliest != _NO_LANGUAGE else ""


@cache
def _identifier() -> Any:
    """Load the model of py3langid, which takes near half a second: once, and only when a text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _english(code: str, subject: str, how: str) -> str:
    if code in ("", "en"):
        return code
    what = f"reads English only; this {how} {_named(code)}"
    raise DocumentError("language", subject, what, 'if it is English, give it as JSONL with "language": "en"')


def _named(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code).get_language_name("en")
    except (UnknownLocaleError, ValueError):
        return f"{code!r}"
    return f"{name} ({code})"
