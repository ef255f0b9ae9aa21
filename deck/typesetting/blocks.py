"""The blocks that a text is made of, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "PLAIN",
    "Block",
    "Break",
    "Display",
    "Figures",
    "Heading",
    "Inline",
    "Item",
    "Items",
    "Listing",
    "Maths",
    "PageBreak",
    "Paragraph",
    "Pause",
    "Picture",
    "Quote",
    "Span",
    "SpanStyle",
    "Table",
    "lines",
    "plain",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanStyle:
    """How a span looks; ``rise`` is 1 for what stands above the line, -1 for below, and ``tone`` is a colour's role."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    struck: bool = False
    underlined: bool = False
    link: bool = False
    rise: int = 0
    tone: str = ""


PLAIN = SpanStyle()


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style."""

    text: str
    style: SpanStyle = PLAIN


@dataclass(frozen=True, slots=True)
class Maths:
    """A formula in a line of text; ``line`` is the document's."""

    tex: str
    line: int


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line, where the text says so."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image: where it is from, what it shows, what stands below it, and whether it is a link's."""

    source: str
    alt: str
    caption: str
    line: int
    linked: bool = False


Inline = Span | Maths | Break


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the text; ``id`` is the one that is given with it, if any."""

    inlines: tuple[Inline, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; ``done`` says whether a task is, and is nothing for what is no task."""

    blocks: tuple[Block, ...]
    number: int | None = None
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list; in a ``loose`` one items are further apart."""

    items: tuple[Item, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Code, and the language that it is in."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the header first; ``sides`` has ``left``, ``center`` or ``right`` for each column."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Images side by side."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else says."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """A formula by itself; ``line`` is the document's."""

    tex: str
    line: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait for a key."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Go on on the next page."""


Block = Paragraph | Heading | Items | Listing | Table | Figures | Quote | Display | Pause | PageBreak


def plain(inlines: Iterable[Inline]) -> str:
    """Return what a text says, formulas by their source."""
    signs = (
        inline.text if isinstance(inline, Span) else inline.tex if isinstance(inline, Maths) else " "
        for inline in inlines
    )
    return " ".join("".join(signs).split())


def lines(blocks: Iterable[Block]) -> int:
    """Return how many lines a text has at least."""
    count = 0
    for block in blocks:
        match block:
            case Items():
                count += sum(max(1, lines(item.blocks)) for item in block.items)
            case Quote():
                count += lines(block.blocks)
            case Table():
                count += len(block.rows)
            case Listing():
                count += block.text.count("\n")
            case _:
                count += 1
    return count
