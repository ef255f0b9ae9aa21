"""The blocks that a text is made of, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

__all__ = [
    "PLAIN",
    "Block",
    "Break",
    "Callout",
    "Column",
    "Columns",
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
    "Term",
    "Terms",
    "inside",
    "lines",
    "plain",
    "restyled",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanStyle:
    """
    How a span looks.

    Attributes
    ----------
    rise
        1 for what stands above the line, -1 for what stands below.
    small
        Whether it is set smaller than what is around it.
    marked
        Whether there is a colour behind it.
    hidden
        Whether it takes its place, and nothing else.
    tone
        The role of its colour.
    target
        Where a link leads to.
    """

    bold: bool = False
    italic: bool = False
    code: bool = False
    struck: bool = False
    underlined: bool = False
    link: bool = False
    rise: int = 0
    small: bool = False
    marked: bool = False
    hidden: bool = False
    tone: str = ""
    target: str = ""


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
    """
    An image.

    Attributes
    ----------
    source, alt
        Where it is from, and what it shows.
    caption, below
        What stands below it: in plain words, or else with all that a line of text has.
    line
        The document's.
    linked
        Whether it is a link's.
    share
        The share of the width there is that it is to have; 0 for as much as it may.
    """

    source: str
    alt: str
    caption: str
    line: int
    linked: bool = False
    share: float = 0.0
    below: tuple[Inline, ...] = ()


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
    """
    Code.

    Attributes
    ----------
    text, language
        What it says, and in which language.
    first
        The number of its first line; 0 where lines have no numbers.
    marked
        The lines that the others are quiet beside, from 1; none for all.
    """

    text: str
    language: str = ""
    first: int = 0
    marked: frozenset[int] = frozenset()


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
class Callout:
    """What is set apart from the rest, under a title."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One of some columns: its blocks, and the share of the width that it is to have; 0 if that is not said."""

    blocks: tuple[Block, ...]
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side."""

    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term, and what it means."""

    inlines: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with what they mean."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else says."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """A formula by itself; ``line`` is the document's, and ``number`` that of the formula, if it has one."""

    tex: str
    line: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait for a key."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Go on on the next page."""


Block = (
    Paragraph
    | Heading
    | Items
    | Terms
    | Listing
    | Table
    | Figures
    | Quote
    | Callout
    | Columns
    | Display
    | Pause
    | PageBreak
)


def inside(block: Block) -> tuple[tuple[Block, ...], ...]:
    """Return the groups of blocks that stand in a block."""
    match block:
        case Items():
            return tuple(item.blocks for item in block.items)
        case Terms():
            return tuple(term.blocks for term in block.terms)
        case Columns():
            return tuple(column.blocks for column in block.columns)
        case Quote() | Callout():
            return (block.blocks,)
        case _:
            return ()


def plain(inlines: Iterable[Inline]) -> str:
    """Return what a text says, formulas by their source."""
    return " ".join("".join(map(_said, inlines)).split())


def _said(inline: Inline) -> str:
    if isinstance(inline, Span):
        return "" if inline.style.hidden else inline.text
    return inline.tex if isinstance(inline, Maths) else " "


def lines(blocks: Iterable[Block]) -> int:
    """Return how many lines a text has at least."""
    count = 0
    for block in blocks:
        match block:
            case Items() | Terms():
                count += sum(max(1, lines(blocks)) for blocks in inside(block))
            case Columns():
                count += max(map(lines, inside(block)), default=0)
            case Quote() | Callout():
                count += lines(block.blocks)
            case Table():
                count += len(block.rows)
            case Listing():
                count += block.text.count("\n")
            case _:
                count += 1
    return count


def restyled(inlines: Iterable[Inline], **changes: Any) -> tuple[Inline, ...]:
    """Return inlines in another style; what has a tone keeps it."""
    return tuple(_restyled(inline, changes) if isinstance(inline, Span) else inline for inline in inlines)


def _restyled(span: Span, changes: dict[str, Any]) -> Span:
    style = replace(span.style, **changes)
    return Span(span.text, replace(style, tone=span.style.tone) if span.style.tone else style)
