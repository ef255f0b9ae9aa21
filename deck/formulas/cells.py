"""Tables as TeX writes them: rows with their cells and the lines above them, and what an array says of its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from deck.formulas.atoms import EM
from deck.formulas.budget import spend_tokens
from deck.formulas.grid import Rule
from deck.formulas.lengths import ems
from deck.formulas.source import Token, UnsetError
from deck.formulas.stream import Macros, Stream

__all__ = ["LINE", "Columns", "Span", "TableRow", "bounded_columns", "columns", "rows", "spanning"]

LINE = 0.05
"""How thick lines are, in ems; LaTeX's are 0.04, and the bars of fractions nearly 0.07 here."""
SEPARATION = 0.5
"""What an array has beside each of its columns, in ems."""

RULES = {
    r"\hline": Rule(thickness=LINE * EM),
    r"\toprule": Rule(thickness=0.08 * EM, below=0.28 * EM),
    r"\midrule": Rule(thickness=LINE * EM, above=0.17 * EM, below=0.28 * EM),
    r"\bottomrule": Rule(thickness=0.08 * EM, above=0.17 * EM),
    r"\cline": Rule(thickness=LINE * EM),
    r"\cmidrule": Rule(thickness=LINE * EM, above=0.17 * EM, below=0.28 * EM),
}
PARTIAL = {r"\cline", r"\cmidrule"}
TRIM = 0.25
"""By how much ``(lr)`` makes a line shorter, in ems."""
ENDS = {r"\\", r"\cr", r"\newline", r"\tabularnewline"}
OPENING = {"{": 1, r"\begin": 1, r"\left": 1, "}": -1, r"\end": -1, r"\right": -1}
MOST_COLUMNS = 100
WIDE = {"p", "m", "b"}
"""Columns of paragraphs; their lines are not broken here."""


@dataclass(slots=True)
class TableRow:
    """
    A row.

    Attributes
    ----------
    cells
        Tokens.
    after
        How far the next row is below more than usual, in ems.
    rules
        The lines above it.
    """

    cells: list[list[Token]] = field(default_factory=lambda: [[]])
    after: float = 0.0
    rules: list[Rule] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(token.text.strip() for cell in self.cells for token in cell)


@dataclass(slots=True)
class Columns:
    """
    What a table's columns look like.

    Attributes
    ----------
    align
        A letter for each.
    fixed
        Tokens of the columns that stand in each row as they are, by their numbers.
    first, last
        Tokens before and after what stands in the cells of a column, by its number.
    bars
        How many lines there are at each boundary, by its number.
    tight
        The boundaries without any space.
    """

    align: str = ""
    fixed: dict[int, list[Token]] = field(default_factory=dict)
    first: dict[int, list[Token]] = field(default_factory=dict)
    last: dict[int, list[Token]] = field(default_factory=dict)
    bars: dict[int, int] = field(default_factory=dict)
    tight: set[int] = field(default_factory=set)

    def gap(self, boundary: int) -> float:
        """Return the space between two columns, in ems."""
        return 0.0 if boundary in self.tight else 2 * SEPARATION

    def pad(self, boundary: int) -> float:
        """Return the space at the edge of a table, in ems."""
        return 0.0 if boundary in self.tight else SEPARATION


@dataclass(frozen=True, slots=True)
class Span:
    """A cell over several columns."""

    count: int
    columns: Columns
    tokens: list[Token]


def rows(tokens: list[Token], macros: Macros) -> list[TableRow]:
    r"""
    Return the rows of a table, of which ends and separators are taken away.

    A last one that is empty does not count, unless there is a line above it, which is then the line below the table.
    """
    found = [TableRow()]
    depth = 0
    rest = iter(range(len(tokens)))
    for place in rest:
        token = tokens[place]
        depth += OPENING.get(token.text, 0)
        if depth == 0 and token.text in ENDS:
            count, found[-1].after = _length(tokens[place + 1 :])
            found.append(TableRow())
            for _ in range(count):
                next(rest)
        elif depth == 0 and token.text == "&":
            found[-1].cells.append([])
        else:
            found[-1].cells[-1].append(token)
    for row in found:
        row.rules, row.cells[0] = _ruled(row.cells[0], macros)
    if len(found) > 1 and found[-1].empty and not found[-1].rules:
        found.pop()
    return found


def _length(tokens: list[Token]) -> tuple[int, float]:
    r"""Return how many tokens belong to the ``\\`` before them, a star and a length in brackets, and the length."""
    count = 1 if tokens and tokens[0].text == "*" else 0
    if count < len(tokens) and tokens[count].text == "[":
        ends = [place for place, token in enumerate(tokens) if token.text == "]"]
        length = "".join(token.text for token in tokens[count + 1 : ends[0]]) if ends else ""
        if length[-2:].isalpha() and any(character.isdigit() for character in length):
            return ends[0] + 1, ems(length)
    return count, 0.0


def _ruled(tokens: list[Token], macros: Macros) -> tuple[list[Rule], list[Token]]:
    """Return the lines that stand at the start of a row, and what follows them."""
    rules: list[Rule] = []
    rest = tokens
    while (name := next((token.text for token in rest if token.text != " "), "")) in RULES:
        stream = Stream(rest, macros)
        stream.skip_spaces()
        stream.next()
        rules.append(_rule(name, stream))
        rest = stream.rest()
    return rules, rest


def _rule(name: str, stream: Stream) -> Rule:
    rule = RULES[name]
    stream.optional()  # how thick it is to be
    if name not in PARTIAL:
        return rule
    if stream.take("("):
        trimmed, _ = stream.until({"("}, ")")
        rule = replace(rule, trim=TRIM * EM) if trimmed else rule
    numbers = [int(number) for number in re.findall(r"\d+", stream.word())]
    return replace(rule, first=min(numbers, default=1) - 1, last=max(numbers, default=1) - 1)


def spanning(tokens: list[Token], macros: Macros) -> Span | None:
    r"""Return what a cell with ``\multicolumn`` is, or one of dots."""
    stream = Stream(tokens, macros)
    if stream.take(r"\hdotsfor"):
        stream.optional()
        count = _count(stream.word())
        return Span(count, Columns("c"), [Token(r"\ldots")] * count)
    if not stream.take(r"\multicolumn"):
        return None
    return Span(_count(stream.word()), columns(stream.argument(), macros), stream.argument())


def _count(text: str) -> int:
    """Return a number of columns."""
    return min(max(int(text), 1), MOST_COLUMNS) if text.isascii() and text.isdigit() else 1


def columns(tokens: list[Token], macros: Macros) -> Columns:
    r"""Read an array's columns: ``l c r``, lines, what stands between them, and what is repeated."""
    made = Columns()
    stream = Stream(tokens, macros)
    while (token := stream.peek()) is not None:
        stream.next()
        if token.text == "*":
            repeated = _count(stream.word()) * stream.argument()
            spend_tokens(len(repeated))
            stream = Stream([*repeated, *stream.rest()], macros)
        elif token.text in {"@", "!"}:
            _between(made, stream.argument(), tight=token.text == "@")
        else:
            _column(made, token.text, stream)
        bounded_columns(len(made.align))
    return made


def bounded_columns(count: int) -> int:
    """Return how many columns there are, which may not be more than can be told apart."""
    if count > MOST_COLUMNS:
        raise UnsetError(f"it has more than {MOST_COLUMNS} columns")
    return count


def _column(made: Columns, letter: str, stream: Stream) -> None:
    """Note a column, a line beside it, or what stands in all of its cells."""
    place = len(made.align)
    if letter in {"|", ":"}:
        made.bars[place] = made.bars.get(place, 0) + 1
    elif letter == ">":
        made.first[place] = stream.argument()
    elif letter == "<":
        made.last[place - 1] = stream.argument()
    elif letter in WIDE:
        made.align += "l"
        stream.argument()
    elif letter.isalpha():
        made.align += {"X": "l"}.get(letter, letter if letter in {"l", "c", "r"} else "c")


def _between(made: Columns, tokens: list[Token], *, tight: bool) -> None:
    """Note what stands between two columns; it is a column of its own."""
    if tight:
        made.tight.add(len(made.align))
    if any(token.text.strip() for token in tokens):
        made.fixed[len(made.align)] = tokens
        made.align += "c"
        if tight:
            made.tight.add(len(made.align))
