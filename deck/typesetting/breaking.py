"""Formulas that are too wide for a line: where they may go on on the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

__all__ = ["broken"]

TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|.", re.DOTALL)
OPENING = frozenset({"{", "[", "(", r"\{", r"\left", r"\begin", r"\langle", r"\lfloor", r"\lceil"})
CLOSING = frozenset({"}", "]", ")", r"\}", r"\right", r"\end", r"\rangle", r"\rfloor", r"\rceil"})
HALF_OPEN = frozenset({r"\left", r"\right"})
"""The bracket after these counts with them."""
RELATIONS = frozenset(
    r"= < > \le \leq \ge \geq \approx \sim \simeq \equiv \cong \propto \to \mapsto \in \subset \subseteq"
    r" \Rightarrow \implies \Leftrightarrow \iff".split()
)
SIGNS = frozenset({"+", "-", r"\pm", r"\mp"})
BARS = frozenset({"|", r"\|"})
AFTER = frozenset({"^", "_", ",", ":", r"\not"}) | RELATIONS | SIGNS
"""After these a sign belongs to what follows."""
WHOLE = frozenset(
    {"&", r"\\", "%", r"\over", r"\choose", r"\atop", r"\tag", r"\def", r"\newcommand", r"\color", r"\displaystyle"}
)
"""A formula with one of these between its terms is not taken apart."""
APART = frozenset({r"\quad", r"\qquad"})
"""What stands between formulas that are side by side."""
MOST_TERMS = 120
"""No page has room for so many, and each is measured at each size."""
MOST_LEFT = 0.5
"""Share of the width that may stand left of where lines are aligned."""


def broken(tex: str, measure: Callable[[str], float], width: float) -> str:
    """
    Return a formula that goes on on further lines, aligned at its first relation; or as it is, if there is no place to.

    Formulas that stand side by side come to stand one below the other.

    Parameters
    ----------
    measure
        Returns the width of a formula; it may raise errors of its own.
    width
        What there is for a line.
    """
    beside = _beside(tex)
    if len(beside) > 1:
        below = r" \\[1ex] ".join(each if measure(each) <= width else broken(each, measure, width) for each in beside)
        return rf"\begin{{gathered}} {below} \end{{gathered}}"
    terms = _terms(tex)
    if not 2 <= len(terms) <= MOST_TERMS:
        return tex
    first = next((at for at, term in enumerate(terms) if _head(term) in RELATIONS), 0)
    left = "".join(terms[:first])
    taken = measure(left) if first else 0.0
    if taken > MOST_LEFT * width:
        left, first, taken = "", 0, 0.0
    rows: list[str] = []
    for term in terms[first:]:
        if rows and measure(rows[-1] + term) <= width - taken:
            rows[-1] += term
        else:
            rows.append(term if not rows or _head(term) in RELATIONS else rf"\quad {term}")
    aligned = r" \\ ".join(f"& {row}" for row in rows)
    return rf"\begin{{aligned}} {left} {aligned} \end{{aligned}}"


def _head(term: str) -> str:
    return TOKEN.findall(term)[0] if term else ""


def _beside(tex: str) -> Sequence[str]:
    """Return the formulas that stand side by side; only one if it is not to be taken apart."""
    parts = [""]
    depth = 0
    before = ""
    for token in TOKEN.findall(tex):
        if before not in HALF_OPEN:
            depth += (token in OPENING) - (token in CLOSING)
        if not depth and token in WHOLE:
            return [tex]
        if not depth and token in APART:
            parts.append("")
        else:
            parts[-1] += token
        before = token if token.strip() else before
    return [tex] if depth else [part for part in parts if part.strip()]


def _terms(tex: str) -> Sequence[str]:
    """Return a formula's terms, each but the first with the sign before it; only one if it is not to be taken apart."""
    terms = [""]
    depth = 0
    is_barred = False
    before = ""
    for token in TOKEN.findall(tex):
        if before not in HALF_OPEN:
            depth += (token in OPENING) - (token in CLOSING)
            is_barred ^= not depth and token in BARS
        if not depth and token in WHOLE:
            return [tex]
        is_sign = token in RELATIONS | SIGNS and before not in AFTER
        if not depth and not is_barred and is_sign and terms[-1].strip():
            terms.append("")
        terms[-1] += token
        before = token if token.strip() else before
    return terms if not depth else [tex]
