"""The inside of a paragraph: from markdown-it's tokens to spans, with the few tags of HTML that mean something here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any, NamedTuple

from markdown_it.token import Token

from deck.typesetting.addresses import is_badge
from deck.typesetting.attributes import NONE as PLAIN_ATTRIBUTES
from deck.typesetting.attributes import Attributes, of, parsed, stripped
from deck.typesetting.blocks import PLAIN, Break, Inline, Maths, Picture, Span, SpanStyle, plain
from deck.typesetting.references import NONE, References

__all__ = ["InlineReader", "Read", "read_html", "read_inlines"]

MARKS: dict[str, dict[str, Any]] = {
    "strong": {"bold": True},
    "em": {"italic": True},
    "s": {"struck": True},
    "sub": {"rise": -1},
    "sup": {"rise": 1},
}
"""What markdown-it's tokens change in the style."""

TAGS: dict[str, dict[str, Any]] = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "code": {"code": True},
    "kbd": {"code": True},
    "del": {"struck": True},
    "s": {"struck": True},
    "u": {"underlined": True},
    "ins": {"underlined": True},
    "sub": {"rise": -1},
    "sup": {"rise": 1},
    "mark": {"marked": True},
    "small": {"small": True},
}
BREAKING = frozenset(
    "address article blockquote br center dd div dl dt figure h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul".split()
)
CELLS = frozenset({"td", "th"})
HIDDEN = frozenset({"script", "style", "template", "title"})


KINDS: dict[str, dict[str, Any]] = {
    "mark": {"marked": True},
    "highlight": {"marked": True},
    "underline": {"underlined": True},
    "ul": {"underlined": True},
    "strike": {"struck": True},
    "small": {"small": True},
    "smaller": {"small": True},
}
"""What the classes of words in brackets change."""


class InlineReader(HTMLParser):
    """
    Gathers the inlines of a text.

    Attributes
    ----------
    inlines, pictures
        What was found; pictures are kept apart, for they take a place of their own.
    before
        How many inlines there were before the first picture.
    line
        The document's, for what is found next.
    """

    def __init__(self, line: int, references: References = NONE) -> None:
        super().__init__(convert_charrefs=True)
        self.inlines: list[Inline] = []
        self.pictures: list[Picture] = []
        self.line = line
        self.references = references
        self.before = 0
        self._styles: list[tuple[str, SpanStyle]] = [("", PLAIN)]
        self._hidden = ""

    @property
    def style(self) -> SpanStyle:
        """That of the place that has been reached."""
        return self._styles[-1][1]

    def enter(self, name: str, changes: dict[str, Any]) -> None:
        """Change the style until ``leave`` is called with the same name."""
        self._styles.append((name, replace(self.style, **changes)))

    def leave(self, name: str) -> None:
        """Go back to the style from before; what was never entered means nothing."""
        for index in range(len(self._styles) - 1, 0, -1):
            if self._styles[index][0] == name:
                del self._styles[index:]
                return

    def add(self, text: str, style: SpanStyle | None = None) -> None:
        """Take text in."""
        if text and not self._hidden:
            self.inlines.append(Span(text, style or self.style))

    def picture(self, source: str, alt: str, caption: str, share: float = 0.0) -> None:
        """Take a picture in."""
        if not self.pictures:
            self.before = len(self.inlines)
        self.pictures.append(Picture(source, alt, caption, self.line, linked=self.style.link, share=share))

    def handle_data(self, data: str) -> None:
        """Take text of HTML in."""
        self.add(re.sub(r"\s+", " ", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Follow a tag, if it is one of those that are known."""
        given = {name: value or "" for name, value in attrs}
        if tag in HIDDEN:
            self._hidden = tag
        elif tag in BREAKING:
            self._break()
        elif tag in CELLS:
            self.add(" ")
        elif tag in TAGS:
            self.enter(f"<{tag}>", TAGS[tag])
        elif tag == "a":
            self.enter("<a>", {"link": True, "target": given.get("href", "")})
        elif tag == "img" and given.get("src"):
            share = parsed(f"width={given.get('width') or 'auto'}").share("width")
            self.picture(given["src"], given.get("alt", ""), given.get("title", ""), share or 0.0)

    def handle_endtag(self, tag: str) -> None:
        """End what a tag began."""
        if tag == self._hidden:
            self._hidden = ""
        elif tag in BREAKING:
            self._break()
        else:
            self.leave(f"<{tag}>")

    def _break(self) -> None:
        while self.inlines and self.inlines[-1] == Span(" ", self.style):
            self.inlines.pop()
        if self.inlines and not isinstance(self.inlines[-1], Break):
            self.inlines.append(Break())


class Read(NamedTuple):
    """The inlines of a paragraph, its pictures, what stands behind the first of these, and its attributes."""

    inlines: tuple[Inline, ...]
    pictures: tuple[Picture, ...]
    behind: tuple[Inline, ...] = ()
    said: Attributes = PLAIN_ATTRIBUTES


def read_inlines(tokens: Iterable[Token], line: int, references: References = NONE) -> Read:
    """
    Return what stands in a paragraph.

    Parameters
    ----------
    tokens
        The children of markdown-it's inline token.
    line
        The document's line that it starts on.
    references
        What it may refer to.
    """
    reader = InlineReader(line, references)
    for token in tokens:
        _take(reader, token)
    return _without_badges(reader)


def read_html(html: str, line: int) -> Read:
    """Return what stands in a block of HTML."""
    reader = InlineReader(line)
    reader.feed(html)
    reader.close()
    return _without_badges(reader)


def _without_badges(reader: InlineReader) -> Read:
    """Return what was read without badges, nor what stood between them; attributes at its end are dropped."""
    inlines = tidy(reader.inlines)
    behind: tuple[Inline, ...] = ()
    wordless = not any(sign.isalnum() for sign in plain(inlines))
    in_row = wordless and len(reader.pictures) > 1
    pictures = tuple(picture for picture in reader.pictures if not is_badge(picture, in_row=in_row))
    if wordless and len(pictures) < len(reader.pictures):
        inlines = ()
    elif pictures and not plain(reader.inlines[: reader.before]):
        inlines, behind = (), inlines
    own, said = _unsaid(behind or inlines)
    return Read(() if behind else own, pictures, own if behind else (), said)


def _unsaid(inlines: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], Attributes]:
    """Return inlines without the attributes of the paragraph or the heading that they are, and these."""
    last = inlines[-1] if inlines else None
    if isinstance(last, Span) and not last.style.code:
        words, said = stripped(last.text)
        if words != last.text:
            return tidy((*inlines[:-1], Span(words, last.style))), said
    return inlines, PLAIN_ATTRIBUTES


def tidy(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return inlines without breaks and spaces at their ends, spans of one style made one."""
    found: list[Inline] = []
    for inline in inlines:
        last = found[-1] if found else None
        if isinstance(inline, Span) and isinstance(last, Span) and inline.style == last.style:
            found[-1] = Span(last.text + inline.text, last.style)
        else:
            found.append(inline)
    while found and _is_empty(found[-1]):
        found.pop()
    while found and _is_empty(found[0]):
        found.pop(0)
    if found and isinstance(found[0], Span) and not found[0].style.code:
        found[0] = Span(found[0].text.lstrip(" "), found[0].style)
    return tuple(found)


def _is_empty(inline: Inline) -> bool:
    return isinstance(inline, Break) or (isinstance(inline, Span) and not inline.text.strip())


def _take(reader: InlineReader, token: Token) -> None:
    kind, _, end = token.type.rpartition("_")
    if token.type in TAKE:
        TAKE[token.type](reader, token)
    elif token.type == "link_open":
        reader.enter("link", {"link": True, "target": str(token.attrGet("href") or "")})
    elif token.type == "span_open":
        reader.enter("span", {key: value for name in of(token).kinds for key, value in KINDS.get(name, {}).items()})
    elif token.type in {"link_close", "span_close"}:
        reader.leave(kind)
    elif kind in MARKS and end == "open":
        reader.enter(kind, MARKS[kind])
    elif kind in MARKS:
        reader.leave(kind)


def _take_text(reader: InlineReader, token: Token) -> None:
    reader.add(token.content)


def _take_code(reader: InlineReader, token: Token) -> None:
    reader.add(token.content, replace(reader.style, code=True))


def _take_formula(reader: InlineReader, token: Token) -> None:
    reader.inlines.append(Maths(token.content.strip(), reader.line))


def _take_footnote(reader: InlineReader, token: Token) -> None:
    reader.add(str(token.meta["label"]), replace(reader.style, rise=1))


def _take_reference(reader: InlineReader, token: Token) -> None:
    """Take in what stands for a reference; what refers to nothing stays as it is written."""
    reader.add(reader.references.said(token.content) or token.content)


def _take_soft_break(reader: InlineReader, _token: Token) -> None:
    reader.add(" ")
    reader.line += 1


def _take_hard_break(reader: InlineReader, _token: Token) -> None:
    reader.inlines.append(Break())
    reader.line += 1


def _take_image(reader: InlineReader, token: Token) -> None:
    source, caption = (str(token.attrGet(name) or "") for name in ("src", "title"))
    reader.picture(source, _words(token), caption, of(token).share("width") or 0.0)


TAKE: dict[str, Callable[[InlineReader, Token], None]] = {
    "text": _take_text,
    "text_special": _take_text,
    "code_inline": _take_code,
    "footnote_ref": _take_footnote,
    "reference": _take_reference,
    "math_inline": _take_formula,
    "math_inline_double": _take_formula,
    "softbreak": _take_soft_break,
    "hardbreak": _take_hard_break,
    "image": _take_image,
    "html_inline": lambda reader, token: reader.feed(token.content),
}


def _words(image: Token) -> str:
    """Return an image's description without its Markdown."""
    return " ".join("".join(child.content or " " for child in image.children or ()).split())
