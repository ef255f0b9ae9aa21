# ruff: noqa: RUF001 - these are the characters that are meant
"""The quotes of languages, the outer ones first."""

from __future__ import annotations

__all__ = ["quotes"]

QUOTES: dict[str, str | tuple[str, ...]] = {
    "cs": "„“‚‘",
    "da": "»«›‹",
    "de": "„“‚‘",
    "en": "“”‘’",
    "es": "«»“”",
    "fi": "””’’",
    "fr": ("«\u202f", "\u202f»", "‹\u202f", "\u202f›"),
    "it": "«»“”",
    "ja": "「」『』",
    "pl": "„”«»",
    "pt": "«»“”",
    "ru": "«»„“",
    "sk": "„“‚‘",
    "sv": "””’’",
    "uk": "«»„“",
}


def quotes(language: str) -> str | tuple[str, ...]:
    """Return the quotes of a language, English ones for those that are not known."""
    return QUOTES.get(language, QUOTES["en"])
