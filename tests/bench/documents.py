"""The documents that both sides are measured on."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

__all__ = [
    "EDIT",
    "SHARED",
    "TEXT_SECTIONS",
    "for_marp",
    "four_scenes",
    "lecture",
    "peers_runtime",
    "source",
    "text_sections",
]

SHARED = Path(__file__).parents[3] / "shared"
OURS = Path(__file__).with_name("scenes.md")
TEXT_SECTIONS = 200
EDIT = ("Point 2 of section 100, in a few words", "Point 2 of section 100, in some words")
"""What is changed in one of them, and into what."""
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


def for_marp(text: str) -> str:
    """
    Return sections of text as Marp wants them.

    A rule stands between slides, items with stars are revealed one by one, and notes are comments. MathJax is what Marp
    takes by default, and needs no network.
    """
    text = re.sub(r"^## ", "---\n\n## ", text, flags=re.MULTILINE)
    text = re.sub(r"^- ", "* ", text, flags=re.MULTILINE)
    text = re.sub(r"^::: notes\n(.*?)\n:::$", r"<!-- \1 -->", text, flags=re.DOTALL | re.MULTILINE)
    return f"---\nmarp: true\nmath: mathjax\n---\n\n{text}"
