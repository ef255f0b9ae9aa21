"""Pieces: what pages are stacked from, each a strip that stays whole; and where each of its parts stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deck.formulas import SetFormula
    from deck.typesetting.images import Loaded

__all__ = [
    "DrawnFormula",
    "DrawnPicture",
    "Lane",
    "Panel",
    "Part",
    "Piece",
    "Row",
    "SetPart",
    "Step",
    "begun",
    "with_gap",
]


@dataclass(frozen=True, slots=True)
class SetPart:
    """What Typst has set under an id, moved by so much from where its piece is."""

    id: str
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class DrawnFormula:
    """A formula by itself: ``scale`` makes pixels of its lengths."""

    formula: SetFormula
    tex: str
    x: float
    scale: float


@dataclass(frozen=True, slots=True, eq=False)
class DrawnPicture:
    """
    A picture of a row, or the frame that stands for one.

    Attributes
    ----------
    loaded
        What is drawn; nothing in a frame.
    shape, width
        Its width if it is one pixel high; a frame's width is given.
    alt
        What it shows, for those who cannot see it.
    name, caption
        Under which the words in the frame, and those below it are set.
    """

    loaded: Loaded | None
    alt: str
    shape: float = 0.0
    width: float = 0.0
    name: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Pictures side by side: the most and the least that they may be high."""

    pictures: tuple[DrawnPicture, ...]
    most: float
    least: float
    between: float
    gap: float
    x: float
    width: float

    def places(self, height: float) -> list[tuple[float, float]]:
        """Return where each picture begins and how wide it is, at a height."""
        widths = [picture.width or picture.shape * height for picture in self.pictures]
        left = self.x + (self.width - sum(widths) - self.between * (len(widths) - 1)) / 2
        found = []
        for width in widths:
            found.append((left, width))
            left += width + self.between
        return found

    def below(self, height: Callable[[str], float]) -> float:
        """Return how high the captions are with the gap above them, by the heights of what is set under their names."""
        tallest = max((height(picture.caption) for picture in self.pictures if picture.caption), default=0.0)
        return tallest + self.gap if tallest else 0.0


Part = SetPart | DrawnFormula


@dataclass(frozen=True, slots=True)
class Step:
    """The beginning of a reveal; a heading's has an id, given with it or made of it."""

    id: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """What stands behind pieces, or beside them: one for all that have the same panel."""

    x: float
    width: float
    padding: float
    color: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Which of the columns of a group a piece stands in."""

    group: object
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    A strip of a page.

    Attributes
    ----------
    id
        Under which its words are set; empty if there are none.
    height
        How high it is; of words it is known when they are set.
    row
        The pictures in it; it has no other parts then.
    gap
        What is between it and the piece above, if there is one.
    parts
        What is in it.
    role
        What it is: ``paragraph``, ``heading``, ``item``, ``quote``, ``cell``, ``code``, ``formula``, ``caption``.
    keeps
        Whether the next piece is to stand on the same page.
    airy
        Whether the gap may grow where there is room.
    lines
        How many lines of text it may have and not be strained, which is to say, rather be set smaller.
    is_cramped
        Whether it is strained anyway.
    step
        Whether a reveal begins with it.
    panel
        What it stands on.
    lane
        The column that it stands in, where there are some side by side.
    says
        What can be read in it.
    again
        What is repeated above it where it is the first on a further page.
    ends
        How well a page may end below it, if it has to end among pieces that are to stay together; more is better.
    blank
        Whether it is left out where it is the first on a further page.
    size
        Of its type.
    """

    id: str = ""
    height: float = 0.0
    row: Row | None = None
    gap: float = 0.0
    parts: tuple[Part, ...] = ()
    role: str = "paragraph"
    keeps: bool = False
    airy: bool = False
    lines: int = 1 << 30
    is_cramped: bool = False
    step: Step | None = None
    panel: Panel | None = None
    lane: Lane | None = None
    says: str = ""
    again: tuple[Piece, ...] = field(default=(), repr=False)
    ends: int = 0
    blank: bool = False
    size: float = 0.0


def with_gap(pieces: Sequence[Piece], gap: float, *, airy: bool = False) -> list[Piece]:
    """Return pieces with so much space above."""
    return [replace(pieces[0], gap=gap, airy=airy), *pieces[1:]] if pieces else []


def begun(pieces: Sequence[Piece], step: Step) -> list[Piece]:
    """Return pieces of which the first begins a reveal, if it does not yet."""
    return [replace(pieces[0], step=pieces[0].step or step), *pieces[1:]] if pieces else []
