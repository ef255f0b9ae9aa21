"""Tokens read one after the other, with macros written out as they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

from deck.formulas.budget import spend_tokens
from deck.formulas.macros import BUILTIN, PACKAGES
from deck.formulas.source import ENDS, Token, UnsetError, read

__all__ = ["DEFINITIONS", "PAIRED", "Macro", "Macros", "Stream", "builtin", "definitions", "until"]

MOST_EXPANSIONS = 1000
PLAIN = {r"\def", r"\gdef", r"\edef", r"\xdef"}
OPERATORS = {r"\DeclareMathOperator", r"\DeclarePairedDelimiter"}
DEFINITIONS = {r"\newcommand", r"\renewcommand", r"\providecommand", r"\let", *PLAIN, *OPERATORS}
PAIRED = r"\deck paired"
"""What a pair of delimiters stands for: after a star if they always grow, the two as arguments. Nobody can write it."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A command of the author's: how many arguments it takes, the first one's default, and what it stands for."""

    arguments: int
    default: tuple[Token, ...] | None
    body: tuple[Token, ...]


Macros = Mapping[str, Macro]


class Stream:
    """
    Tokens to be read, and the macros that are known while reading.

    Attributes
    ----------
    end
        The last token of the argument or environment that was taken last.
    """

    def __init__(self, tokens: Iterable[Token], macros: Macros) -> None:
        self._rest = list(tokens)[::-1]
        self.macros = dict(macros)
        self._expansions = 0
        self.end = Token("")

    def peek(self) -> Token | None:
        """Return the next token, macros written out, without taking it."""
        while self._rest and (macro := self.macros.get(self._rest[-1].text)):
            self._expand(self._rest.pop(), macro)
        return self._rest[-1] if self._rest else None

    def next(self) -> Token:
        """Take the next token, macros written out; there has to be one."""
        token = self.peek()
        if token is None:
            raise UnsetError(ENDS)
        return self._rest.pop()

    def skip_spaces(self) -> None:
        """Go on to what is no space."""
        while self._rest and self._rest[-1].text == " ":
            self._rest.pop()

    def take(self, text: str) -> bool:
        """Take the next token if it is this one."""
        self.skip_spaces()
        token = self.peek()
        if token is None or token.text != text:
            return False
        self._rest.pop()
        return True

    def argument(self) -> list[Token]:
        """Take what is in the next braces, or the next token, as it is written."""
        self.skip_spaces()
        if not self._rest:
            raise UnsetError(ENDS)
        self.end = self._rest.pop()
        return self._closed("{", "}") if self.end.text == "{" else [self.end]

    def optional(self) -> list[Token] | None:
        """Take what is in the next brackets, if there are any."""
        self.skip_spaces()
        if not self._rest or self._rest[-1].text != "[":
            return None
        self._rest.pop()
        return self._closed("[", "]")

    def word(self) -> str:
        """Take an argument as plain text."""
        return "".join(token.text for token in self.argument()).strip()

    def length(self) -> str:
        """Take a length that is written without braces."""
        length = ""
        while len(length) < 3 or not length[-2:].isalpha():
            length += self.next().text.strip()
        return length

    def until(self, opening: Iterable[str], closing: str) -> tuple[list[Token], Token]:
        """Take all up to a token, over pairs of ``opening`` and it; return the last one too."""
        self._rest.reverse()
        inside, end, self._rest = until(self._rest, opening, closing)
        self._rest.reverse()
        return inside, end

    def environment(self, name: str) -> list[Token]:
        r"""Take all up to the ``\end`` of an environment that has just begun."""
        inside: list[Token] = []
        depth = 1
        while True:
            token = self._pop(rf"\end{{{name}}} is missing")
            if token.text in {r"\begin", r"\end"}:
                depth += 1 if token.text == r"\begin" else -1
                if not depth:
                    self.argument()
                    self.end = token
                    return inside
            inside.append(token)

    def rest(self) -> list[Token]:
        """Take all that is left."""
        rest, self._rest = self._rest[::-1], []
        return rest

    def define(self, command: str) -> None:
        """Read a definition, of which the command is taken already, and know it from now on."""
        self.skip_spaces()
        starred = bool(self._rest) and self._rest[-1].text == "*"
        if starred:
            self._rest.pop()
        name = self.word()
        if command in OPERATORS:
            self.macros[name] = Macro(0, None, tuple(self._operator(command, starred=starred)))
            return
        if command == r"\let":
            self._let(name)
            return
        if command in PLAIN:
            parameters = []
            while self._rest and self._rest[-1].text != "{":
                parameters.append(self._rest.pop().text)
            count, default = parameters.count("#"), None
        else:
            written = "".join(token.text for token in self.optional() or [Token("0")])
            if not written.isdecimal():
                raise UnsetError(f"'{written}' is no number of arguments")
            count = int(written)
            first = self.optional()
            default = None if first is None else tuple(first)
        body = self.argument()
        if command != r"\providecommand" or name not in self.macros:
            self.macros[name] = Macro(count, default, tuple(body))

    def _operator(self, command: str, *, starred: bool) -> list[Token]:
        """Read what the name of an operator or a pair of delimiters stands for."""
        star = [Token("*")] if starred else []
        if command == r"\DeclareMathOperator":
            return [Token(r"\operatorname"), *star, Token("{"), *self.argument(), Token("}")]
        left, right = self.argument(), self.argument()
        return [Token(PAIRED), *star, Token("{"), *left, Token("}"), Token("{"), *right, Token("}")]

    def _let(self, name: str) -> None:
        """Read what a name is to mean, as that means it now."""
        self.skip_spaces()
        if self._rest and self._rest[-1].text == "=":
            self._rest.pop()
            self.skip_spaces()
        if self._rest:
            meant = self._rest.pop()
            self.macros[name] = self.macros.get(meant.text, Macro(0, None, (meant,)))

    def _expand(self, call: Token, macro: Macro) -> None:
        self._expansions += 1
        if self._expansions > MOST_EXPANSIONS:
            raise UnsetError("its macros never end")
        arguments: list[list[Token]] = []
        if macro.default is not None:
            given = self.optional()
            arguments.append(list(macro.default) if given is None else given)
        while len(arguments) < macro.arguments:
            arguments.append(self.argument())
        written: list[Token] = []
        body = iter(macro.body)
        for token in body:
            following = next(body, Token("")) if token.text == "#" else None
            if following is None:
                written.append(replace(token, group=call.group))
            elif following.text.isdigit() and 0 < int(following.text) <= len(arguments):
                written += arguments[int(following.text) - 1]
        spend_tokens(len(written))
        self._rest += written[::-1]

    def _closed(self, opening: str, closing: str) -> list[Token]:
        inside, self.end = self.until({opening}, closing)
        return inside

    def _pop(self, reason: str) -> Token:
        if not self._rest:
            raise UnsetError(reason)
        return self._rest.pop()


def until(tokens: list[Token], opening: Iterable[str], closing: str) -> tuple[list[Token], Token, list[Token]]:
    """Return what stands before a token at its own depth, that token, and what follows."""
    depth = braces = 0
    bracket = closing == "]"
    for place, token in enumerate(tokens):
        if token.text == closing and not depth and not (bracket and braces):
            return tokens[:place], token, tokens[place + 1 :]
        if token.text in opening:
            depth += 1
        elif token.text == closing and depth:
            depth -= 1
        braces += {"{": 1, "}": -1}.get(token.text, 0)
    raise UnsetError(f"a '{closing}' is missing")


def definitions(tex: str, known: Macros) -> Macros:
    """
    Return the macros of a preamble, over those that are known.

    What else stands in it does not count, but for the names of packages whose macros are known.
    """
    stream = Stream(read(tex).tokens, {})
    macros = dict(known)
    with suppress(UnsetError, ValueError):  # a preamble is LaTeX's own, and may do what is not known here
        while (token := stream.peek()) is not None:
            stream.next()
            if token.text in DEFINITIONS:
                stream.define(token.text)
                macros.update(stream.macros)
                stream.macros = {}
            elif token.text == r"\usepackage":
                stream.optional()
                for name in stream.word().split(","):
                    macros.update(definitions(PACKAGES.get(name.strip(), ""), {}))
    return macros


@cache
def builtin() -> Macros:
    """Return the macros that are known from the start."""
    return definitions(BUILTIN, {})
