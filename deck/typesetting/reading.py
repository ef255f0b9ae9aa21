"""From Markdown to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin

from deck.typesetting.blocks import (
    Block,
    Display,
    Figures,
    Heading,
    Inline,
    Item,
    Items,
    Listing,
    PageBreak,
    Paragraph,
    Pause,
    Picture,
    Quote,
    Span,
    Table,
    plain,
)
from deck.typesetting.inlines import read_html, read_inlines

__all__ = ["read_blocks", "read_title"]

PAUSE = ". . ."
NESTING = 100
"""How deep lists and quotes may stand in each other, by markdown-it's counting; what is deeper is left out."""
TASK = re.compile(r"\[([ xX])\]\s+")
NAMED = re.compile(r"(?P<text>.*?)\s*\{#(?P<id>[^{}\s]+)\}\s*", re.DOTALL)
COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)


def read_blocks(text: str, line: int) -> tuple[Block, ...]:
    """
    Return the blocks of a text.

    Parameters
    ----------
    text
        Markdown: CommonMark, tables, struck text, task lists, ``$formulas$``, and pauses, which are paragraphs of three
        dots with spaces between them. A rule is a page's end.
    line
        The document's line that the text starts on.
    """
    tree = SyntaxTreeNode(_parser().parse(text))
    return tuple(_Walk(line).blocks(tree.children))


def read_title(text: str) -> tuple[Inline, ...]:
    """Return a title's inlines: it is plain but for its formulas."""
    parser = MarkdownIt("zero").use(dollarmath_plugin, allow_digits=False, allow_space=False)
    [inline] = parser.parseInline(text.replace("\n", " "))
    return read_inlines(inline.children or (), 0)[0]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable(["table", "strikethrough"])
    return parser.use(dollarmath_plugin, allow_digits=False, allow_space=False, double_inline=True, allow_labels=False)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through markdown-it's tree of a text that starts on ``start``, a line of the document."""

    start: int

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        for node in nodes:
            yield from self.block(node)

    def block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        read = {
            "paragraph": self.paragraph,
            "heading": self.heading,
            "bullet_list": self.items,
            "ordered_list": self.items,
            "fence": self.listing,
            "code_block": self.listing,
            "blockquote": self.quote,
            "table": self.table,
            "math_block": self.display,
            "hr": self.rule,
            "html_block": self.html,
        }.get(node.type)
        if read:
            yield from read(node)

    def listing(self, node: SyntaxTreeNode) -> Iterator[Block]:
        words = node.info.split() if node.type == "fence" else []
        language = words[0].strip("{}.").partition(",")[0] if words else ""
        yield Listing(node.content.rstrip("\n"), language)

    def quote(self, node: SyntaxTreeNode) -> Iterator[Block]:
        yield Quote(tuple(self.blocks(node.children)))

    def display(self, node: SyntaxTreeNode) -> Iterator[Block]:
        yield Display(node.content.strip(), self.line(node))

    def rule(self, _node: SyntaxTreeNode) -> Iterator[Block]:
        yield PageBreak()

    def html(self, node: SyntaxTreeNode) -> Iterator[Block]:
        inlines, pictures = read_html(COMMENT.sub("", node.content), self.line(node))
        yield from [Paragraph(inlines)] if inlines else []
        yield from [Figures(pictures)] if pictures else []

    def line(self, node: SyntaxTreeNode) -> int:
        """Return the document's line that a node starts on."""
        return self.start + (node.map[0] if node.map else 0)

    def paragraph(self, node: SyntaxTreeNode) -> Iterator[Block]:
        inlines, pictures = self.inlines(node)
        if plain(inlines) == PAUSE and not pictures:
            yield Pause()
            return
        if len(inlines) == 1 and node.children[0].children[0].type == "math_inline_double":
            yield Display(node.children[0].children[0].content.strip(), self.line(node))
            return
        if inlines:
            yield Paragraph(inlines)
        if pictures:
            yield Figures(pictures)

    def heading(self, node: SyntaxTreeNode) -> Iterator[Block]:
        inlines, pictures = self.inlines(node)
        last = inlines[-1] if inlines else None
        if isinstance(last, Span) and (match := NAMED.fullmatch(last.text)):
            rest = (Span(match["text"], last.style),) if match["text"] else ()
            yield Heading((*inlines[:-1], *rest), match["id"])
        elif inlines:
            yield Heading(inlines)
        if pictures:
            yield Figures(pictures)

    def items(self, node: SyntaxTreeNode) -> Iterator[Block]:
        first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        made = (self.item(child, None if first is None else first + count) for count, child in enumerate(node.children))
        loose = any(not part.hidden for child in node.children for part in child.children if part.type == "paragraph")
        yield Items(tuple(made), loose=loose)

    def item(self, node: SyntaxTreeNode, number: int | None) -> Item:
        blocks = tuple(self.blocks(node.children))
        head = blocks[0] if blocks else None
        start = head.inlines[0] if isinstance(head, Paragraph) else None
        if isinstance(head, Paragraph) and isinstance(start, Span) and (match := TASK.match(start.text)):
            rest = replace(head, inlines=(Span(start.text[match.end() :], start.style), *head.inlines[1:]))
            return Item((rest, *blocks[1:]), done=match[1] != " ")
        return Item(blocks, number)

    def table(self, node: SyntaxTreeNode) -> Iterator[Block]:
        rows = [row for part in node.children for row in part.children]
        cells = tuple(tuple(self.inlines(cell)[0] for cell in row.children) for row in rows)
        styles = (str(cell.attrs.get("style", "")) for cell in rows[0].children)
        yield Table(cells, tuple(style.partition("text-align:")[2] or "left" for style in styles))

    def inlines(self, node: SyntaxTreeNode) -> tuple[tuple[Inline, ...], tuple[Picture, ...]]:
        """Return what stands in a node whose one child is inline."""
        inner = node.children[0] if node.children else None
        tokens = inner.token.children if inner and inner.token else None
        return read_inlines(tokens or (), self.line(node))
