"""The documents that both sides are measured on."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

__all__ = ["SHARED", "TEXT_SECTIONS", "four_scenes", "lecture", "peers_runtime", "source", "text_sections"]

SHARED = Path(__file__).parents[3] / "shared"
OURS = Path(__file__).with_name("scenes.md")
TEXT_SECTIONS = 200
PEERS_RUNTIME = (
    *("dist/reveal.css", "dist/theme/black.css", "dist/plugin/highlight/zenburn.css"),
    *("dist/reveal.js", "dist/plugin/notes.js", "dist/plugin/markdown.js"),
)
"""What the page of ``manim-slides convert`` links to."""


def source() -> Path:
    """Return the document with the four scenes: the source of the lecture where it is at hand, else one like it."""
    given = SHARED / "seed" / "feature-maps.md"
    return given if given.exists() else OURS


def four_scenes(folder: Path) -> Path:
    """Write a document with the four scenes alone, their formulas as text, so that neither side needs LaTeX."""
    text = source().read_text(encoding="utf-8")
    sections = re.findall(r"^## .*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    kept = "".join(section for section in sections if "```python" in section)
    path = folder / "four-scenes.md"
    plain = re.sub(r'MathTex\(r"\\text\{(.*?)\}"', r'Text("\1"', kept)
    path.write_text("---\ntitle-slide: false\n---\n# Four scenes\n\n" + plain, encoding="utf-8")
    return path


def lecture() -> Path:
    """Return the built-in lecture."""
    return Path(str(files("slides") / "feature_maps.md"))


def peers_runtime() -> int:
    """Return the bytes of what the peer's page fetches when it is opened."""
    folder = files("pyreveal").joinpath("revealjs")
    return sum(len(folder.joinpath(name).read_bytes()) for name in PEERS_RUNTIME)


def text_sections(folder: Path) -> Path:
    """Write a document of many sections of text, each with a list, a formula and notes."""
    sections = (
        f"## Section {nth}\n\n"
        + "".join(f"- Point {point} of section {nth}, in a few words\n" for point in range(1, 5))
        + f"\n$$ \\sum_{{k=0}}^{{{nth}}} x_k^2 = \\frac{{a_{{{nth}}}}}{{b + {nth}}} $$\n"
        + f"\n::: notes\nWhat to say of section {nth}.\n:::\n"
        for nth in range(1, TEXT_SECTIONS + 1)
    )
    path = folder / "sections.md"
    path.write_text("\n".join(["# Many sections\n", *sections]), encoding="utf-8")
    return path
