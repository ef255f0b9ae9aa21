"""TeX's maths as MathML: a line of tokens becomes a line of atoms."""

# ruff: noqa: RUF001 - typographical characters are meant as they are

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from deck.adapters.ziamath import MathVariant
from deck.formulas.atoms import SCALES, Atom, element, restyled, row, space
from deck.formulas.budget import spend_atom
from deck.formulas.operators import centred
from deck.formulas.source import ENDS, Token, UnsetError
from deck.formulas.stream import Macros, Stream
from deck.formulas.symbols import FONTS, FUNCTIONS, LIMITED, styled, symbol

__all__ = ["COMMANDS", "UPRIGHT", "Context", "MathsReader", "command"]

SCRIPTS = frozenset({"^", "_", "'", r"\limits", r"\nolimits", r"\displaylimits"})
INTEGRALS = "∫∬∭∮∯∰"
UPRIGHT = MathVariant()
PLAIN = {"mathvariant": "normal", "stretchy": "false", "lspace": "0", "rspace": "0"}
"""For ziamath takes some letters, such as a nabla, for operators."""


@dataclass(frozen=True, slots=True)
class Context:
    """
    What holds for a line of maths.

    Attributes
    ----------
    style
        0 to 3: display, text, script, scriptscript.
    font
        The letters', if one has been chosen.
    color
        ``#RRGGBB``, or empty.
    """

    style: int
    font: MathVariant | None = None
    color: str = ""

    @property
    def smaller(self) -> Context:
        """What holds for scripts."""
        return replace(self, style=min(max(self.style, 1) + 1, 3))

    @property
    def part(self) -> Context:
        """What holds above and below a fraction's line."""
        return self.smaller if self.style else replace(self, style=1)


class MathsReader:
    """Reads a line of maths."""

    def __init__(self, stream: Stream, context: Context) -> None:
        self.stream = stream
        self.context = context
        self._style = context.style
        self.atoms: list[Atom] = []

    @classmethod
    def of(cls, tokens: list[Token], macros: Macros, context: Context) -> MathsReader:
        """Return a reader of tokens."""
        return cls(Stream(tokens, macros), context)

    def inner(self, tokens: list[Token], context: Context | None = None) -> ET.Element:
        """Return tokens as a line of their own, in this context or another."""
        context = context or self.context
        return row(MathsReader.of(tokens, self.stream.macros, context).line(), context.style)

    def argument(self, context: Context | None = None) -> ET.Element:
        """Take an argument, and return it as a line."""
        return self.inner(self.stream.argument(), context)

    def made(self, tag: str, *children: ET.Element, token: Token, text: str = "", **more: str) -> ET.Element:
        """Return an element of a token's."""
        color = self.context.color
        return element(tag, *children, group=token.group, color=color, text=text, **more)

    def letter(self, character: str, token: Token, font: MathVariant | None = None) -> ET.Element:
        """Return a character in the context's font, or in another."""
        text = styled(character, font or self.context.font)
        tag = "mi" if character.isalnum() else "mn"  # ziamath takes some signs in mi for operators, and lowers scripts
        return self.made(tag, token=token, text=text, **PLAIN)

    def operator(self, text: str, token: Token, **more: str) -> ET.Element:
        """Return an operator without any space around it."""
        given = {"stretchy": "false", "movablelimits": "false", "lspace": "0", "rspace": "0", "form": "infix", **more}
        return self.made("mo", token=token, text=text, **given)

    def line(self) -> list[Atom]:
        """Read to the end, and return the atoms."""
        spend_atom()
        while True:
            self.stream.skip_spaces()
            if self.stream.peek() is None:
                return self.atoms
            self.one()

    def one(self) -> None:
        """Read an atom with its scripts, or a command that changes what follows."""
        spend_atom()
        token = self.stream.peek()
        if token is None:
            raise UnsetError(ENDS)
        if token.text in {"^", "_", "'"}:
            atom: Atom | None = Atom("ord", space(0))
        else:
            atom = self.nucleus(self.stream.next())
        if atom is None:
            return
        atom = self._scripted(atom)
        if self.context.style != self._style:
            atom.element = restyled(atom.element, self.context.style)
        if self.context.font is None or not self._joins(atom):
            self.atoms.append(atom)

    def _joins(self, atom: Atom) -> bool:
        """Add a letter in a chosen font to the letters before it, for they may be a word, and say whether it fits."""
        last = self.atoms[-1].element if self.atoms and self.atoms[-1].kind == "ord" else None
        added = atom.element
        if last is None or added.tag != "mi" or last.tag not in {"mi", "mn"} or last.attrib != added.attrib:
            return False
        last.tag, last.text = "mn", f"{last.text}{added.text}"  # an mi of several letters would have space around it
        return True

    def nucleus(self, token: Token) -> Atom | None:
        """Return what a token stands for, its arguments read."""
        text = token.text
        if text == "{":
            inside, _ = self.stream.until({"{"}, "}")
            return Atom("ord", self.inner(inside))
        if known := COMMANDS.get(text):
            return known(self, token)
        name = text.removeprefix("\\")
        if text.startswith("\\") and (name in FUNCTIONS or name in LIMITED):
            return self.function(LIMITED.get(name, name), token, limits=name in LIMITED)
        if text.startswith("\\math") or text in FONTS:
            raise UnsetError(f"'{text}' is unknown")
        return self._symbol(token)

    def function(self, name: str, token: Token, *, limits: bool) -> Atom:
        """Return a function's name, upright."""
        made = self.made("mn", token=token, text=name.replace(" ", "\u2009"), **PLAIN)
        return Atom("op", made, limits=limits and self.context.style == 0)

    def _symbol(self, token: Token) -> Atom:
        found = symbol(token.text)
        if found is None or token.text in {"}", "&", "#", "$"}:
            raise UnsetError(_unknown(token.text))
        if token.text.isdigit() and self.context.font is None:
            return Atom("ord", self.made("mn", token=token, text=token.text, **PLAIN))
        if found.kind == "op":
            return self._large(found.character, token)
        if found.kind in {"ord", "open", "close"}:
            return Atom(found.kind, self.letter(found.character, token))
        return Atom(found.kind, self.operator(found.character, token))

    def _large(self, character: str, token: Token) -> Atom:
        display = self.context.style == 0
        made = self.operator(character, token, largeop="true")
        made = centred(made, character, display=display, scale=SCALES[self.context.style])
        return Atom("op", made, limits=display and character not in INTEGRALS)

    def _scripted(self, atom: Atom) -> Atom:
        """Read the scripts of an atom, in any order."""
        below: ET.Element | None = None
        above: list[ET.Element] = []
        limits = atom.limits
        while (token := self._after(SCRIPTS)) is not None:
            if token.text == "'":
                above.append(self.made("mi", token=token, text="′", **PLAIN))
            elif token.text == "^":
                above.append(self._script())
            elif token.text == "_":
                if below is not None:
                    raise UnsetError("there are two subscripts at one place")
                below = self._script()
            else:
                limits = token.text != r"\nolimits"
        if below is None and not above:
            return atom
        return Atom(atom.kind, _scripts(atom.element, below, above, limits=limits))

    def _after(self, texts: frozenset[str]) -> Token | None:
        """Take the next token if it is one of these."""
        self.stream.skip_spaces()
        token = self.stream.peek()
        return self.stream.next() if token and token.text in texts else None

    def _script(self) -> ET.Element:
        """Return what a script is: a group, or one command with its arguments."""
        self.stream.skip_spaces()
        context = self.context.smaller
        token = self.stream.peek()
        if token is None:
            raise UnsetError(ENDS)
        if token.text == "{":
            return self.argument(context)
        outer, self.context = self.context, context
        atom = self.nucleus(self.stream.next())
        self.context = outer
        return row([atom] if atom else [], context.style)


def _unknown(text: str) -> str:
    return f"'{text}' is unknown" if text.startswith("\\") else f"'{text}' stands where it means nothing"


def _scripts(base: ET.Element, below: ET.Element | None, above: list[ET.Element], *, limits: bool) -> ET.Element:
    upper: ET.Element | None = None
    if len(above) == 1:
        (upper,) = above
    elif above:
        upper = ET.Element("mrow", {"displaystyle": "false"})
        upper.extend(above)
    tags = ("munder", "mover", "munderover") if limits else ("msub", "msup", "msubsup")
    tag = tags[2] if below is not None and upper is not None else tags[upper is not None]
    made = ET.Element(tag)
    made.append(base)
    fence = base.tag == "mn" and not (base.text or "").isalnum()  # which would move the script up
    made.extend(script if fence else _bare(script) for script in (below, upper) if script is not None)
    return made


def _bare(script: ET.Element) -> ET.Element:
    """Return a script that is one letter without its row, for ziamath then moves it closer to what it belongs to."""
    return script[0] if len(script) == 1 and script[0].tag in {"mi", "mn"} else script


Command = Callable[[MathsReader, Token], "Atom | None"]
COMMANDS: dict[str, Command] = {}
"""What is more than a symbol; the modules beside this one fill it."""


def command(*names: str) -> Callable[[Command], Command]:
    """Return a decorator that makes a function read the commands of these names, which are taken already."""

    def known(read: Command) -> Command:
        COMMANDS.update(dict.fromkeys(names, read))
        return read

    return known
