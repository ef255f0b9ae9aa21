"""What holds for a whole text: its document, its language, the size of its type, and what is trusted."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from deck.frames import WIDE, Frame
from deck.themes import DARK, Theme
from deck.typesetting import measures
from deck.typesetting.measures import Measures, measures_on

__all__ = ["Setup", "is_rtl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """
    What holds for a whole text.

    Attributes
    ----------
    path
        The document, for messages; its folder is where images are looked for.
    trust
        Whether images may come from anywhere on the disk.
    incremental
        Whether items of lists appear one by one.
    language
        As HTML's ``lang`` has it.
    theme
        The colours of roles.
    size
        Of type, in points.
    frame
        The shape of the slides.
    decoded
        How many pixels each picture had that was decoded for the text: by its file, or the hash of what its address
        holds. All copies share it.
    """

    path: Path
    trust: bool = False
    incremental: bool = True
    language: str = "en"
    theme: Theme = DARK
    size: float = measures.LADDER[0]
    frame: Frame = WIDE
    decoded: dict[Path | int, int] = field(default_factory=dict, compare=False)

    @property
    def files(self) -> list[Path]:
        """The pictures that were read from files."""
        return sorted(source for source in self.decoded if isinstance(source, Path))

    @property
    def measures(self) -> Measures:
        """The frame's."""
        return measures_on(self.frame)

    @property
    def em(self) -> float:
        """The size in pixels."""
        return measures.em(self.size)

    @property
    def is_rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self.language.partition("-")[0].lower() in RIGHT_TO_LEFT


def is_rtl(text: str) -> bool:
    """Return whether most letters of a text belong to scripts that are written from right to left."""
    if text.isascii():
        return False
    kinds = [unicodedata.bidirectional(sign) for sign in text]
    return sum(kind in {"R", "AL"} for kind in kinds) > kinds.count("L")


RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa ha he iw khw ks ps sd ur uz-af yi".split())
