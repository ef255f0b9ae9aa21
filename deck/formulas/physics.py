"""The commands of the packages physics and braket: derivatives, states, brackets around quantities."""

from __future__ import annotations

from deck.formulas.atoms import Atom
from deck.formulas.expansion import made, more
from deck.formulas.maths import MathsReader, command
from deck.formulas.source import Token

__all__: list[str] = []

DERIVATIVES = {
    r"\dv": r"\mathrm{d}",
    r"\derivative": r"\mathrm{d}",
    r"\pdv": r"\partial ",
    r"\partialderivative": r"\partial ",
    r"\fdv": r"\delta ",
    r"\functionalderivative": r"\delta ",
}
VECTORS = {r"\vb": "{}", r"\vectorbold": "{}", r"\va": r"\vec{{{}}}", r"\vu": r"\hat{{{}}}"}
BRACKETS = {"(": ")", "[": "]", "|": "|"}
QUANTITIES = {r"\pqty": "()", r"\bqty": "[]", r"\Bqty": ("\\{", "\\}"), r"\vqty": "||"}
MATRICES = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix"}
SIZES = (r"\big", r"\Big", r"\bigg", r"\Bigg")


@command(*DERIVATIVES)
def _derivative(reader: MathsReader, token: Token) -> Atom:
    """Read a derivative: its order, of what and by what, or only by what."""
    sign = DERIVATIVES[token.text]
    reader.stream.take("*")
    order = reader.stream.optional()
    first, second = reader.stream.argument(), more(reader)
    third = more(reader) if second and r"\partial" in sign else None
    if third:
        return made(reader, token, rf"\frac{{{sign}^2 #1}}{{{sign}#2\,{sign}#3}}", first, second or [], third)
    power = "^{#3}" if order else ""
    above = f"{sign}{power} #1" if second else f"{sign}{power}"
    below = f"{sign}#2{power}"
    of, by = (first, second) if second else ([], first)
    return made(reader, token, rf"\frac{{{above}}}{{{below}}}", of, by, order or [])


@command(r"\dd", r"\differential")
def _differential(reader: MathsReader, token: Token) -> Atom:
    order = reader.stream.optional()
    power = "^{#2}" if order else ""
    of = more(reader)
    if of is None:
        return made(reader, token, rf"#1\mathrm{{d}}{power}", [], order or [], kind="ord")
    return made(reader, token, rf"\mathrm{{d}}{power} #1", of, order or [])


@command(*VECTORS)
def _vector(reader: MathsReader, token: Token) -> Atom:
    bold = r"\boldsymbol" if reader.stream.take("*") else r"\mathbf"
    return made(reader, token, VECTORS[token.text].format(rf"{bold}{{#1}}"), reader.stream.argument(), kind="ord")


@command(r"\qty", r"\quantity", r"\mqty", r"\matrixquantity")
def _quantity(reader: MathsReader, token: Token) -> Atom:
    """Read what stands in brackets, which become as high as it is, or a matrix in them."""
    matrix = token.text.startswith(r"\m")
    while any(reader.stream.take(size) for size in SIZES):
        pass
    for left, right in BRACKETS.items():
        if reader.stream.take(left):
            inside, _ = reader.stream.until({left} - {right}, right)
            if matrix:
                name = MATRICES[left]
                return made(reader, token, rf"\begin{{{name}}}#1\end{{{name}}}", inside)
            return made(reader, token, rf"\left{left}#1\right{right}", inside)
    inside = reader.stream.argument()
    if matrix:
        return made(reader, token, r"\begin{matrix}#1\end{matrix}", inside)
    return made(reader, token, r"\left\{#1\right\}", inside)


@command(*QUANTITIES)
def _bracketed(reader: MathsReader, token: Token) -> Atom:
    left, right = QUANTITIES[token.text]
    return made(reader, token, rf"\left{left}#1\right{right}", reader.stream.argument())


@command(r"\braket", r"\innerproduct", r"\ip")
def _product(reader: MathsReader, token: Token) -> Atom:
    """Read two states in their brackets: as two arguments, or as one with a bar in it."""
    reader.stream.take("*")
    first, second = reader.stream.argument(), more(reader)
    if second is None:
        bars = [part for token in first for part in (_middle(token) if token.text in {"|", r"\vert"} else [token])]
        return made(reader, token, r"\left\langle #1\right\rangle", bars)
    return made(reader, token, r"\left\langle #1\middle|#2\right\rangle", first, second)


def _middle(bar: Token) -> list[Token]:
    return [Token(r"\middle", bar.group), bar]


@command(r"\ev", r"\expval", r"\expectationvalue")
def _expected(reader: MathsReader, token: Token) -> Atom:
    reader.stream.take("*")
    what, state = reader.stream.argument(), more(reader)
    if state is None:
        return made(reader, token, r"\left\langle #1\right\rangle", what)
    return made(reader, token, r"\left\langle #2\middle|#1\middle|#2\right\rangle", what, state)


@command(r"\eval", r"\evaluated")
def _evaluated(reader: MathsReader, token: Token) -> Atom:
    return made(reader, token, r"\left.#1\right|", reader.stream.argument())
