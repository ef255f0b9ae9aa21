"""
The drop-in for LaTeX under manim's ``Tex`` and ``MathTex``.

manim's classes stay as they are. They ask one function for the picture of some TeX; without LaTeX that is ours, and its
pictures have the groups that manim looks for, so that parts, colours and transformations find what they always find.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

from manim import config

from deck.adapters.manim import TexTemplate, tex_mobject

__all__ = ["install", "needs_latex", "used"]

HINT = "install LaTeX, or write it in another way"

_drawn: set[str] = set()


def needs_latex() -> bool:
    """Return whether LaTeX is missing, so that formulas are set by the drop-in; it takes dvisvgm as well."""
    return not (shutil.which("latex") and shutil.which("dvisvgm"))


def install() -> None:
    """Let manim's formulas do without LaTeX, if it is missing; once more does no harm."""
    if needs_latex():
        tex_mobject.tex_to_svg_file = _picture  # type: ignore[attr-defined]


def used() -> bool:
    """Return whether a formula has been set by the drop-in in this process."""
    return bool(_drawn)


def _picture(expression: str, environment: str | None = None, tex_template: TexTemplate | None = None) -> Path:
    """Return the picture of an expression; this has the signature of manim's own function."""
    from deck.formulas import UnsetError, set_tex  # a quarter of a second, which scenes without formulas save
    from deck.sections.latex_pictures import svg
    from deck.typesetting.formulas import unset

    template = tex_template or config["tex_template"]
    preamble = f"{template.body}\n{template.post_doc_commands}"
    try:
        placed, groups = set_tex(expression, environment, preamble)
    except UnsetError as error:
        raise unset(expression, error, hint=HINT, without=" without LaTeX") from error
    drawn = svg(placed, groups)
    name = hashlib.sha256(drawn.encode()).hexdigest()[:16]
    file = _folder(os.getpid()) / f"{name}.svg"
    if not file.exists():
        file.write_text(drawn, "utf-8")
    _drawn.add(name)
    return file


@cache
def _folder(_process: int) -> Path:
    """Return the folder of a process for its pictures; a fork has one of its own."""
    folder = Path(tempfile.mkdtemp(prefix="deck-formulas-"))
    Finalize(None, shutil.rmtree, args=(folder, True), exitpriority=0)  # atexit's are not called in a worker
    return folder
