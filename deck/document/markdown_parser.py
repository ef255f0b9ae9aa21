"""How a document's Markdown is read before anybody asks for what stands within its lines."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.amsmath import ENVIRONMENTS, amsmath_block, amsmath_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

__all__ = ["environments_plugin", "parser"]

INTERRUPTED = ["paragraph", "reference", "blockquote", "list", "footnote_def"]
"""What ends where a formula begins, as the plugin has it."""
LAST = "deck: last ends"


def parser() -> MarkdownIt:
    """Return what cuts a text into blocks; what stands within lines may take very long to read, and is left alone."""
    made = MarkdownIt("commonmark").disable("inline").use(front_matter_plugin).use(environments_plugin)
    # A line of = or - in a formula makes no heading.
    made.use(dollarmath_plugin, allow_labels=False).disable(["math_inline", "math_inline_double"], ignoreInvalid=True)
    return made.use(container_plugin, "any", validate=lambda name, _signs: bool(name.strip()))


def environments_plugin(markdown: MarkdownIt) -> None:
    r"""Read ``\begin{align}`` and its like, and look through a text for an end once, not from each beginning anew."""
    markdown.use(amsmath_plugin)
    markdown.block.ruler.at("amsmath", _environment, {"alt": INTERRUPTED})


def _environment(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    start = state.bMarks[first] + state.tShift[first]
    if not state.src.startswith("\\begin{", start):
        return False
    name = state.src[start + len("\\begin{") : state.eMarks[first]].partition("}")[0]
    if name.rstrip("*") not in ENVIRONMENTS:
        return False
    ends = state.env.setdefault(LAST, {})
    if name not in ends:
        ends[name] = state.src.rfind(f"\\end{{{name}}}")
    return ends[name] > start and amsmath_block(state, first, end, silent)
