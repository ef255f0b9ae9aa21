"""What the environments of tables look like: matrices, cases, aligned equations."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["FORMS", "MULTLINE", "Form", "form_of"]

MULTLINE = "m"
"""The alignment of lines that start on the left and end on the right."""


@dataclass(frozen=True, slots=True)
class Form:
    """
    What an environment's table looks like.

    Attributes
    ----------
    left, right
        Its delimiters.
    align
        A letter for each column; they come again and again.
    gaps
        In ems, after each column; they come again and again.
    style
        Of its cells.
    pad
        At its left and right, in ems.
    takes
        Whether an argument comes first: ``columns``, or a ``number`` that says nothing here.
    """

    left: str = ""
    right: str = ""
    align: str = "c"
    gaps: tuple[float, ...] = (1.0,)
    style: int = 1
    pad: float = 0.0
    takes: str = ""


MATRIX, SMALL = Form(), Form(gaps=(0.4,), style=2)
ALIGNED = Form(align="rl", gaps=(0.0, 2.0), style=0)
LINES = Form(style=0)
CASES = Form("{", "", align="l", pad=0.3)
FORMS = {
    "matrix": MATRIX,
    "pmatrix": replace(MATRIX, left="(", right=")"),
    "bmatrix": replace(MATRIX, left="[", right="]"),
    "Bmatrix": replace(MATRIX, left="{", right="}"),
    "vmatrix": replace(MATRIX, left="|", right="|"),
    "Vmatrix": replace(MATRIX, left="‖", right="‖"),
    "smallmatrix": SMALL,
    "psmallmatrix": replace(SMALL, left="(", right=")"),
    "bsmallmatrix": replace(SMALL, left="[", right="]"),
    "Bsmallmatrix": replace(SMALL, left="{", right="}"),
    "vsmallmatrix": replace(SMALL, left="|", right="|"),
    "Vsmallmatrix": replace(SMALL, left="‖", right="‖"),
    "cases": CASES,
    "dcases": replace(CASES, style=0),
    "rcases": replace(CASES, left="", right="}"),
    "drcases": replace(CASES, left="", right="}", style=0),
    "array": Form(takes="columns"),
    "subarray": Form(gaps=(0.0,), style=2, takes="columns"),
    "aligned": ALIGNED,
    "align": ALIGNED,
    "flalign": ALIGNED,
    "alignat": replace(ALIGNED, gaps=(0.0,), takes="number"),
    "xalignat": replace(ALIGNED, takes="number"),
    "alignedat": replace(ALIGNED, gaps=(0.0,), takes="number"),
    "split": ALIGNED,
    "eqnarray": Form(align="rcl", gaps=(0.3,), style=0),
    "gathered": LINES,
    "gather": LINES,
    "multline": replace(LINES, align=MULTLINE),
    "multlined": replace(LINES, align=MULTLINE),
    "equation": LINES,
    "displaymath": LINES,
}
"""With a star they are the same, but for matrices that say how their columns are aligned, and cases with text."""


def form_of(name: str) -> Form | None:
    """Return what an environment's table looks like, if it has any."""
    return FORMS.get(name.removesuffix("*"))
