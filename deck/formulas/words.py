r"""TeX's text as words and spaces, with maths between dollar signs: what ``Tex`` sets, and ``\text`` in a formula."""

# ruff: noqa: RUF001 - typographical characters are meant as they are

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from deck.adapters.ziamath import MathVariant, styledstr
from deck.formulas.atoms import element, row, space
from deck.formulas.maths import COMMANDS, Context, MathsReader
from deck.formulas.source import Token, UnsetError
from deck.formulas.stream import Macros, Stream
from deck.formulas.symbols import symbol

__all__ = [
    "CHARACTERS",
    "Display",
    "Gap",
    "LineEnd",
    "Piece",
    "TextLook",
    "Word",
    "Writer",
    "on_a_line",
    "words",
    "written",
]

SPACE = 0.3
"""Between words, in ems."""

SPACES = {r"\quad": 1.0, r"\qquad": 2.0, r"\,": 3 / 18, r"\;": 5 / 18, r"\:": 4 / 18, r"\enspace": 0.5, r"\!": -3 / 18}
CHARACTERS = {
    "~": "\u00a0",
    "\\ ": "\u00a0",
    "\\\n": "\u00a0",
    r"\ss": "ß",
    r"\ae": "æ",
    r"\AE": "Æ",
    r"\oe": "œ",
    r"\OE": "Œ",
    r"\o": "ø",
    r"\O": "Ø",
    r"\aa": "å",
    r"\AA": "Å",
    r"\l": "ł",
    r"\L": "Ł",
    r"\i": "ı",
    r"\textbackslash": "\\",
    r"\textasciitilde": "~",
    r"\textbar": "|",
    r"\textless": "<",
    r"\textgreater": ">",
    r"\textbullet": "•",
    r"\textendash": "–",
    r"\textemdash": "—",
    r"\textquotedblleft": "“",
    r"\textquotedblright": "”",
    r"\textdegree": "°",
    r"\slash": "/",
}
LIGATURES = {"---": "—", "--": "–", "-": "‐", "``": "“", "''": "”", "`": "‘", "'": "’"}


@dataclass(frozen=True, slots=True)
class TextLook:
    """How text looks."""

    variant: MathVariant = field(default_factory=MathVariant)
    size: float = 1.0
    color: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What is not torn apart: elements of MathML side by side, and their size."""

    elements: tuple[ET.Element, ...]
    size: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A space where a line may end, in ems."""

    width: float


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The end of a line: how far down to go more, in ems, and how the next one is aligned and indented."""

    down: float = 0.0
    align: str = ""
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Display:
    """Maths on lines of its own."""

    environment: str
    tokens: tuple[Token, ...]


Piece = Word | Gap | LineEnd | Display


def words(tokens: list[Token], macros: Macros, look: TextLook) -> list[Piece]:
    """Return text as pieces."""
    return Writer(Stream(tokens, macros), look).pieces()


class Writer:
    """Reads text."""

    def __init__(self, stream: Stream, look: TextLook) -> None:
        self.stream = stream
        self.look = look
        self._pieces: list[Piece] = []
        self.word: list[ET.Element] = []

    def pieces(self) -> list[Piece]:
        """Read to the end."""
        while (token := self.stream.peek()) is not None:
            self.stream.next()
            self._one(token)
        self.end_word()
        return self._pieces

    def _one(self, token: Token) -> None:
        text = token.text
        if text == " ":
            self.add(Gap(SPACE * self.look.size))
        elif text == "{":
            self.nested(self.stream.until({"{"}, "}")[0], self.look)
        elif text == "$":
            self._dollars()
        elif text in {r"\(", r"\["}:
            inside, _ = self.stream.until(set(), r"\)" if text == r"\(" else r"\]")
            self.maths(inside) if text == r"\(" else self.add(Display("equation*", tuple(inside)))
        elif known := TEXT.get(text):
            known(self, token)
        else:
            self._character(token)

    def add(self, piece: Piece) -> None:
        """Add a piece after the word that is being written."""
        self.end_word()
        self._pieces.append(piece)

    def end_word(self) -> None:
        """End the word that is being written."""
        if self.word:
            self._pieces.append(Word(tuple(self.word), self.look.size))
            self.word = []

    def nested(self, tokens: list[Token], look: TextLook) -> None:
        """Read what is in braces; a word goes on over its edges, unless the size is another."""
        inner = Writer(Stream(tokens, self.stream.macros), look)
        for piece in inner.pieces():
            if isinstance(piece, Word) and piece.size == self.look.size:
                self.word += piece.elements
            else:
                self.add(piece)

    def _dollars(self) -> None:
        following = self.stream.peek()
        if following is None or following.text != "$":
            self.maths(self.stream.until(set(), "$")[0])
            return
        self.stream.next()
        inside, _ = self.stream.until(set(), "$")
        if not self.stream.take("$"):
            raise UnsetError("'$$' ends with a single '$'")
        self.add(Display("equation*", tuple(inside)))

    def maths(self, tokens: list[Token]) -> None:
        """Write maths."""
        context = Context(1, color=self.look.color)
        self.word.append(row(MathsReader.of(tokens, self.stream.macros, context).line(), 1))

    def write(self, text: str, token: Token) -> None:
        """Write characters in the current look; those of one look and group stay together, for their kerning."""
        text = styledstr(text, self.look.variant)
        last = self.word[-1] if self.word else None
        same = {"group": str(token.group), "mathvariant": "normal"}
        same |= {"mathcolor": self.look.color} if self.look.color else {}
        if last is not None and last.tag == "mtext" and last.attrib == same:
            last.text = f"{last.text}{text}"
        else:
            made = element("mtext", group=token.group, color=self.look.color, text=text, mathvariant="normal")
            self.word.append(made)

    def _character(self, token: Token) -> None:
        text = token.text
        if text in {"-", "`", "'"} and self.look.variant.style != "mono":
            while (following := self.stream.peek()) and LIGATURES.get(text + following.text):
                text += self.stream.next().text
            self.write(LIGATURES[text], token)
        elif text in {"&", "^", "_", "#", "}"}:
            raise UnsetError(f"'{text}' stands in text, where it means nothing")
        elif text in SPACES:
            self.word.append(space(SPACES[text] * self.look.size))
        elif not text.startswith("\\"):
            self.write(text, token)
        elif text in CHARACTERS:
            self.write(CHARACTERS[text], token)
        elif found := symbol(text):
            self.write(found.character, token)
        else:
            known = text in COMMANDS
            raise UnsetError(f"'{text}' stands outside of any maths" if known else f"'{text}' is unknown")


Command = Callable[[Writer, Token], None]
TEXT: dict[str, Command] = {}
"""What is more than a character; `deck.formulas.prose` fills it."""


def written(*names: str) -> Callable[[Command], Command]:
    """Return a decorator that makes a function read the commands of these names, which are taken already."""

    def known(read: Command) -> Command:
        TEXT.update(dict.fromkeys(names, read))
        return read

    return known


def on_a_line(pieces: list[Piece]) -> list[ET.Element]:
    """Return pieces as elements on one line."""
    made: list[ET.Element] = []
    for piece in pieces:
        if isinstance(piece, Word):
            made += piece.elements
        elif isinstance(piece, Gap):
            made.append(space(piece.width))
        else:
            raise UnsetError("text in a line cannot have lines")
    return made or [space(0)]
