"""From Markdown to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from deck.document.divs import divs_plugin
from deck.document.markdown import attributed, environments_plugin
from deck.typesetting.attributes import attributes_plugin, parsed
from deck.typesetting.blocks import (
    Block,
    Break,
    Callout,
    Column,
    Columns,
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
    Quote,
    Span,
    SpanStyle,
    Table,
    Term,
    Terms,
    plain,
)
from deck.typesetting.brackets import brackets_plugin
from deck.typesetting.fences import read_listing
from deck.typesetting.inlines import Read, read_html, read_inlines
from deck.typesetting.quotes import quotes
from deck.typesetting.references import NONE, References, references_plugin

__all__ = ["read_blocks", "read_title"]

PAUSE = ". . ."
DOUBLE = "math_inline_double"
BREAKS = ("softbreak", "hardbreak")
INLINES = "inlines"
"""Under which name a token keeps what is in its paragraph."""
NESTING = 100
"""How deep lists and quotes may stand in each other, by markdown-it's counting; what is deeper is left out."""
TASK = re.compile(r"\[([ xX])\]\s+")
ALERT = re.compile(r"\[!([A-Za-z]+)\]\s*")
LABEL = re.compile(r"(\{#[^{}]*\})?")
"""What Quarto's documents refer to a formula by."""
CALLOUT = "callout-"
COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)


def read_blocks(
    text: str, line: int, references: References = NONE, listed: Sequence[str] = (), *, language: str = "en"
) -> tuple[Block, ...]:
    """
    Return the blocks of a text.

    Parameters
    ----------
    text
        Markdown: CommonMark, tables, struck text, task lists, footnotes, ``$formulas$``, and pauses, which are
        paragraphs of three dots with spaces between them. A rule is a page's end.
    line
        The document's line that the text starts on.
    references
        What it may refer to.
    listed
        The keys of the works that are listed where the text asks for that.
    language
        As HTML's ``lang`` has it: straight quotes become its own.
    """
    tokens = _parser(language.partition("-")[0].lower()).parse(text)
    for token in tokens:  # the tree would be as deep as marks stand in each other, and is made by recursion
        if token.type == "inline":
            token.meta, token.children = {INLINES: token.children}, None
    return tuple(_Walk(line, references, listed).blocks(SyntaxTreeNode(tokens).children))


def read_title(text: str, language: str = "en") -> tuple[Inline, ...]:
    """Return a title's inlines: it is plain but for its formulas and quotes."""
    [inline] = _title_parser(language.partition("-")[0].lower()).parseInline(text.replace("\n", " "))
    return read_inlines(inline.children or (), 0).inlines


@cache
def _title_parser(language: str) -> MarkdownIt:
    parser = MarkdownIt("zero", {"typographer": True, "quotes": quotes(language)}).enable("smartquotes")
    return parser.use(dollarmath_plugin, allow_digits=False, allow_space=False)


@cache
def _parser(language: str) -> MarkdownIt:
    options = {"maxNesting": NESTING, "typographer": True, "quotes": quotes(language)}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough", "smartquotes"])
    parser.use(dollarmath_plugin, allow_digits=False, allow_space=False, double_inline=True, allow_labels=False)
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True).use(deflist_plugin)
    parser.use(divs_plugin)
    parser.use(sub_plugin).use(superscript_plugin).use(gfm_autolink_plugin).use(attributes_plugin)
    parser.use(references_plugin)
    return parser.use(environments_plugin).use(brackets_plugin)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through markdown-it's tree of a text that starts on ``start``, a line of the document."""

    start: int
    references: References = NONE
    listed: Sequence[str] = ()

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
            "amsmath": self.display,
            "footnote_reference": self.footnote,
            "hr": self.rule,
            "container_any": self.container,
            "dl": self.terms,
            "html_block": self.html,
        }.get(node.type)
        if read:
            yield from read(node)

    def listing(self, node: SyntaxTreeNode) -> Iterator[Block]:
        if node.type == "fence":
            yield read_listing(node.content, node.info)
        else:
            yield Listing(node.content.rstrip("\n"))

    def quote(self, node: SyntaxTreeNode) -> Iterator[Block]:
        blocks = tuple(self.blocks(node.children))
        yield Quote((_alert(blocks[0]), *blocks[1:]) if blocks else ())

    def footnote(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Yield a footnote, where it stands, its mark before it."""
        blocks = tuple(self.blocks(node.children))
        mark = Span(str(node.meta["label"]), SpanStyle(rise=1))
        if blocks and isinstance(blocks[0], Paragraph):
            blocks = (Paragraph((mark, Span(" "), *blocks[0].inlines)), *blocks[1:])
        yield from blocks

    def display(self, node: SyntaxTreeNode) -> Iterator[Block]:
        yield Display(node.content.strip(), self.line(node))

    def rule(self, _node: SyntaxTreeNode) -> Iterator[Block]:
        yield PageBreak()

    def html(self, node: SyntaxTreeNode) -> Iterator[Block]:
        yield from _read(read_html(COMMENT.sub("", node.content), self.line(node)))

    def line(self, node: SyntaxTreeNode) -> int:
        """Return the document's line that a node starts on."""
        return self.start + (node.map[0] if node.map else 0)

    def paragraph(self, node: SyntaxTreeNode) -> Iterator[Block]:
        line = self.line(node)
        for tokens in _parts(_tokens(node)):
            yield from self.part(tokens, line)
            line += sum(token.type in BREAKS or token.content.count("\n") for token in tokens)

    def part(self, tokens: Sequence[Token], line: int) -> Iterator[Block]:
        """Yield the blocks of a paragraph's part that starts on a line."""
        is_math = bool(tokens) and tokens[0].type == DOUBLE
        label = LABEL.fullmatch("".join(token.content for token in tokens[1:]).strip()) if is_math else None
        if label:
            number = self.references.numbers.get((label[1] or "")[2:-1], 0)
            yield Display(tokens[0].content.strip(), line, number)
            return
        found = read_inlines(tokens, line, self.references)
        yield from [Pause()] if plain(found.inlines) == PAUSE and not found.pictures else _read(found)

    def heading(self, node: SyntaxTreeNode) -> Iterator[Block]:
        found = self.inlines(node)
        inlines = (*found.inlines, *found.behind)
        last = inlines[-1] if inlines else None
        if isinstance(last, Span) and (said := attributed(last.text))[0] != last.text:  # as `{#two words}`
            inlines = (*inlines[:-1], *((Span(said[0], last.style),) if said[0] else ()))
            yield Heading(inlines, said[1] or "")
        elif inlines:
            yield Heading(inlines, found.said.id)
        if found.pictures:
            yield Figures(found.pictures)

    def items(self, node: SyntaxTreeNode) -> Iterator[Block]:
        first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        made = (self.item(child, None if first is None else first + count) for count, child in enumerate(node.children))
        loose = any(not part.hidden for child in node.children for part in child.children if part.type == "paragraph")
        kept = tuple(item for item, child in zip(made, node.children, strict=True) if item.blocks or not child.children)
        if kept:  # nothing is left of an item of badges
            yield Items(kept, loose=loose)

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
        cells = tuple(tuple(self.cell(cell) for cell in row.children) for row in rows)
        styles = (str(cell.attrs.get("style", "")) for cell in rows[0].children)
        yield Table(cells, tuple(style.partition("text-align:")[2] or "left" for style in styles))

    def cell(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        found = self.inlines(node)
        return (*found.inlines, *found.behind)

    def container(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Yield what stands between two lines of colons; of other kinds than these nothing but their content counts."""
        said = parsed(node.info)
        callout = next((kind.removeprefix(CALLOUT) for kind in said.kinds if kind.startswith(CALLOUT)), "")
        if "columns" in said.kinds:
            parts = [child for child in node.children if child.type == "container_any"]
            columns = [
                Column(tuple(self.blocks(part.children)), parsed(part.info).share("width") or 0.0) for part in parts
            ]
            yield Columns(tuple(column for column in columns if column.blocks))
        elif said.id == "refs":
            entries = (self.references.works[key].entry for key in self.listed if key in self.references.works)
            yield from (Paragraph(read_html(entry, self.line(node)).inlines) for entry in sorted(entries))
        elif callout:
            blocks = tuple(self.blocks(node.children))
            head = blocks[0] if blocks else None
            title: tuple[Inline, ...] = (Span(said.values.get("title") or callout.capitalize()),)
            if isinstance(head, Heading) and "title" not in said.values:
                title, blocks = head.inlines, blocks[1:]
            yield Callout(title, blocks)
        else:
            yield from self.blocks(node.children)

    def terms(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Yield a list of definitions."""
        found: list[Term] = []
        for child in node.children:
            if child.type == "dt":
                found.append(Term(self.cell(child), ()))
            elif found:
                found[-1] = replace(found[-1], blocks=(*found[-1].blocks, *self.blocks(child.children)))
        yield Terms(tuple(found))

    def inlines(self, node: SyntaxTreeNode) -> Read:
        """Return what stands in a node whose one child is inline."""
        return read_inlines(_tokens(node), self.line(node), self.references)


def _read(found: Read) -> Iterator[Block]:
    """Yield a paragraph and its pictures; what stands behind a single one is below it."""
    pictures, behind = found.pictures, found.behind
    if len(pictures) == 1 and behind and not pictures[0].caption:
        pictures, behind = (replace(pictures[0], below=behind),), ()
    yield from [Paragraph(found.inlines)] if found.inlines else []
    yield from [Figures(pictures)] if pictures else []
    yield from [Paragraph(behind)] if behind else []


def _alert(head: Block) -> Block:
    """Return a quote's first block; one that begins like ``[!NOTE]`` gets that as a line of its own."""
    start = head.inlines[0] if isinstance(head, Paragraph) else None
    if not isinstance(head, Paragraph) or not isinstance(start, Span) or not (match := ALERT.match(start.text)):
        return head
    kind = Span(match[1].capitalize(), SpanStyle(bold=True))
    said = (Span(start.text[match.end() :], start.style), *head.inlines[1:])
    return Paragraph((kind, Break(), *said) if plain(said) else (kind,))


def _tokens(node: SyntaxTreeNode) -> Sequence[Token]:
    inner = node.children[0] if node.children else None
    return inner.meta.get(INLINES, ()) if inner else ()


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield a paragraph's tokens; a formula between two dollars that has its lines for itself is a part of its own."""
    start = 0
    for at, token in enumerate(tokens):
        around = (*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 2])
        if token.type == DOUBLE and all(each.type in BREAKS for each in around):
            yield tokens[start:at]
            yield [token]
            start = at + 1
    yield tokens[start:]
