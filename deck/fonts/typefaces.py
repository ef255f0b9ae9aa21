"""The typefaces that slides are set in, from packages, so that no hall's own change the slides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import fontpkg_inter
import fontpkg_jetbrains_mono

from deck.adapters.pango import forget_typefaces, register_font

__all__ = ["CODE", "LETTERFORMS", "TEXT", "code_font", "complete", "folders", "font"]

EMOJI = "Noto Emoji"
FALLBACKS = ("manimgx_fonts", "manimgx_fonts_cjk")
"""The packages of Noto's typefaces, for signs that the other typefaces lack."""

TEXT = (fontpkg_inter.FAMILY, EMOJI, "Noto Sans", "Noto Sans CJK JP")
CODE = (fontpkg_jetbrains_mono.FAMILY, *TEXT)
"""In which order typefaces are looked through for a sign; then come all others."""
LETTERFORMS = 20.0
"""The size of print for which Inter draws its letters: larger ones are narrower, and harder to read from afar."""


def folders() -> Iterator[Path]:
    """Yield where the files of all typefaces are."""
    for package in ("fontpkg_inter", "fontpkg_jetbrains_mono", *FALLBACKS):
        yield Path(str(files(package)))


@cache
def font() -> str:
    """Make the typefaces of text known to Pango, and return their names."""
    _register(Path(fontpkg_inter.ROOT) / "files", "Inter[opsz,wght].ttf", "Inter-Italic[opsz,wght].ttf")
    complete()
    return f"{fontpkg_inter.FAMILY}, {EMOJI}"


@cache
def code_font() -> str:
    """Make the typefaces of code known to Pango, and return their names."""
    folder = Path(fontpkg_jetbrains_mono.ROOT) / "files"
    _register(folder, "JetBrainsMono[wght].ttf", "JetBrainsMono-Italic[wght].ttf")
    complete()
    return f"{fontpkg_jetbrains_mono.FAMILY}, {EMOJI}"


@cache
def complete() -> None:
    """Make typefaces known to Pango that have what the others lack: emoji, and the scripts of the world."""
    for package in FALLBACKS:
        folder = Path(str(files(package)))
        _register(folder, *sorted(file.name for file in folder.iterdir() if file.suffix in {".ttf", ".ttc"}))


def _register(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        if not register_font(str(file)):
            raise RuntimeError(f"the typeface cannot be registered: {file}")
    forget_typefaces()
