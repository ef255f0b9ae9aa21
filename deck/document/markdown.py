"""Markdown of several dialects, cut into the pieces that a document is made of, with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice, pairwise, takewhile
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.amsmath import ENVIRONMENTS, amsmath_block, amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from deck import limits
from deck.document.divs import divs_plugin

__all__ = [
    "Kind",
    "MarkdownPiece",
    "are_notes",
    "attributed",
    "cut",
    "environments_plugin",
    "language",
    "parser",
    "size_of",
]

Kind = Literal["front matter", "title", "section", "reveal", "slide", "nested slide", "code", "container", "text"]

HEADINGS: dict[str, Kind] = {"h1": "title", "h2": "section", "h3": "reveal"}
PYTHON = ("python", "python3", "py", "py3", "ipython", "ipython3")
CLASS = re.compile(r"[ \t]*class \w+\(")
SCENES = ("Scene", "Slide")
NOTES = "notes"
LIKE_NOTES = 0.75
"""How alike a block's name must be to ``notes`` to be a misspelling; ``note`` is none: others have such blocks."""
CAPTION = re.compile(r"[^\s\[\]]*\s*(\[(?P<words>.+)\]|(?P<rest>[^{\s].*))?")
TITLE = re.compile(r"title=\"(?P<words>[^\"]+)\"")
ATTRIBUTES = re.compile(r"\{:?\s*((-|[#.][\w:.-]+|[\w-]+=(\"[^\"]*\"|[^\s}\"][^\s}]*))(\s+|(?=\})))+\}")
NAMED = re.compile(r"\{#(?P<id>[^{}]*)\}")
PICTURE = re.compile(r"(?<=;base64,)[\w+/=%-]+", re.ASCII)
"""A picture that stands in the text itself."""
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
KNOWN = re.compile(r"(^|[\s.{])(columns?|callout-[a-z]+)\b|#refs\b")
"""Containers whose arrangement text has."""
END = re.compile(r"\A {0,3}:{3,}[ \t]*\Z")
BLANK_START = re.compile(r"(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownPiece:
    """
    A stretch of the text.

    Attributes
    ----------
    kind
        A "nested slide" is a slide block in a list or a quote.
    text
        A heading's words, a block's content, or plain Markdown.
    line, end
        Its first and its last line, from 1; a block's content starts on the next.
    mark
        The characters that mark a heading, or what follows the fence on a block's first line.
    closed
        Whether a block's last line is there.
    stray
        The line of a heading or block that must not stand in this container, or 0.
    """

    kind: Kind
    text: str
    line: int
    end: int = 0
    mark: str = ""
    closed: bool = True
    stray: int = 0


def cut(text: str) -> tuple[list[MarkdownPiece], list[str]]:
    r"""
    Return the pieces of a text with ``\n`` as line ends, and its lines.

    Headings in code, lists and quotes are text. Of a line that means something only to another program, its words are
    kept.
    """
    lines = text.split("\n")
    reader = parser()
    meanings: dict[str, Any] = {}
    tokens = reader.parse(text, meanings)
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open" and heading.tag in HEADINGS and not heading.level:
            short = PICTURE.sub("", inline.content)
            inline.children = []
            if len(short) <= limits.HEADING:
                reader.inline.parse(short, reader, meanings, inline.children)
            else:
                inline.children.append(Token("text", "", 0, content=short))
    _open(tokens, lines)
    return list(_pieces(tokens, lines)), lines


def _pieces(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[MarkdownPiece]:
    if lines[0].rstrip() == "---" and tokens[0].type != "front_matter":
        yield MarkdownPiece(kind="front matter", text="", line=1, closed=False)
    read_to = 0
    for piece, first, end in _blocks(tokens, lines):
        yield from _text(lines, read_to, first)
        if piece:
            yield replace(piece, end=end)
        read_to = end
    yield from _text(lines, read_to, len(lines))


def _blocks(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[MarkdownPiece | None, int, int]]:
    """Yield all that is not plain text, a comment as None; each with its first line, from 0, and the line after it."""
    read_to = 0
    for index, token in enumerate(tokens):
        first, end = token.map or (-1, -1)
        if first < read_to:
            continue
        if _is_comment(token):
            yield None, first, end
        elif piece := _piece(tokens, index, lines):
            end += piece.kind == "container" and piece.closed
            yield piece, first, end
        else:
            continue
        read_to = end


def _piece(tokens: Sequence[Token], index: int, lines: Sequence[str]) -> MarkdownPiece | None:
    """Return the piece that starts with a token; None if that is plain text."""
    token = tokens[index]
    first, end = token.map or (0, 0)
    if _is_slide(token):
        kind: Kind = "nested slide" if token.level else "slide"
        closed = end - first > 1 and bool(re.fullmatch(rf" {{0,3}}{token.markup}+[ \t]*", lines[end - 1]))
        return MarkdownPiece(kind=kind, text=token.content, line=first + 1, mark=token.info.strip(), closed=closed)
    if _is_code(token):
        return MarkdownPiece(kind="code", text=token.content, line=first + 1)
    if token.type == "front_matter":
        return MarkdownPiece(kind="front matter", text=token.content, line=first + 1)
    if token.type == "heading_open" and token.tag in HEADINGS and not token.level:
        return MarkdownPiece(
            kind=HEADINGS[token.tag], text=_words(tokens[index + 1]), line=first + 1, mark=token.markup
        )
    if token.type == "container_any_open" and not token.level and not _is_foreign(token):
        return _container(token, islice(tokens, index + 1, None), lines)
    return None


def _is_foreign(token: Token) -> bool:
    """Return whether a container is another program's, of which only the content is kept."""
    name = _name(token.info)
    is_typo = name not in {"note", "footnotes"} and bool(get_close_matches(name, [NOTES], cutoff=LIKE_NOTES))
    return name != NOTES and not is_typo


def are_notes(container: MarkdownPiece) -> bool:
    """Return whether a container is that of the notes, however its name is written."""
    return _name(container.mark) == NOTES


def _name(info: str) -> str:
    return re.sub(r"[{}.\s]", "", info).casefold()


def _open(tokens: Sequence[Token], lines: list[str]) -> None:
    """Blank the first and the last line of each container of another program; its caption stays, in bold."""
    for token in tokens:
        if token.type == "inline" and token.map:  # a container's last line may be left over as text
            for number in range(*token.map):
                lines[number] = END.sub("", lines[number])
        if token.type == "container_any_open" and _is_foreign(token) and not KNOWN.search(token.info):
            first, end = token.map or (0, 0)
            found = TITLE.search(token.info) or CAPTION.fullmatch(token.info.strip())
            words = next(filter(None, found.groupdict().values()), "") if found else ""
            lines[first] = f"**{words.strip()}**" if words.strip() else ""
            if END.fullmatch("".join(lines[end : end + 1])):
                lines[end] = ""


def size_of(text: str) -> int:
    """Return how many characters a text has, those of pictures that stand in it not counted."""
    return len(text) - sum(len(found[0]) for found in PICTURE.finditer(text))


def attributed(heading: str) -> tuple[str, str | None]:
    """Return a heading's words and the id that it is given, or None; Pandoc's other attributes are dropped."""
    start = max(len(heading) - limits.ATTRIBUTES, 0)
    for opening in re.finditer(r"\{", heading[start:]) if heading.endswith("}") else ():
        if said := ATTRIBUTES.fullmatch(heading, start + opening.start()):
            ids = re.findall(r"(?<=#)[\w:.-]+", said[0])
            return heading[: said.start()].rstrip(), ids[0] if ids else None
    named = NAMED.fullmatch(heading, max(heading.rfind("{"), 0))
    return (heading[: named.start()].rstrip(), named["id"]) if named else (heading, None)


def _container(token: Token, rest: Iterable[Token], lines: Sequence[str]) -> MarkdownPiece:
    first, end = token.map or (0, 0)
    closed = bool(END.fullmatch("".join(lines[end : end + 1])))
    strays = (inner for inner in takewhile(lambda inner: inner.level, rest) if _is_stray(inner)) if closed else iter(())
    stray = next((inner.map[0] + 1 for inner in strays if inner.map), 0)
    text = "\n".join(lines[first + 1 : end])
    return MarkdownPiece(
        kind="container", text=text, line=first + 1, mark=token.info.strip(), closed=closed, stray=stray
    )


def _is_comment(token: Token) -> bool:
    content = token.content.strip()
    return token.type == "html_block" and not token.level and content.startswith("<!--") and content.endswith("-->")


def _is_slide(token: Token) -> bool:
    return token.type == "fence" and token.info.split()[:1] == ["slide"]


def language(info: str) -> str:
    """Return the language that follows a fence, in whichever way a dialect of Markdown writes it."""
    words = re.findall(r"[^\s{},]+", info.lower())
    first = next((word.lstrip(".") for word in words if word != "code-cell"), "")
    return re.split(r"[=:{]", first)[0]


def _is_code(token: Token) -> bool:
    """Return whether a token is Python; Python in lists and quotes counts only if there is a scene in it."""
    is_python = token.type == "fence" and language(token.info) in PYTHON
    return is_python and (not token.level or any(map(_is_scene, token.content.splitlines())))


def _is_scene(line: str) -> bool:
    """Return whether a line begins a class that derives from a scene or a slide."""
    found = CLASS.match(line)
    bases = line[found.end() : max(line.rfind("):"), 0)] if found else ""
    return any(name in bases for name in SCENES)


def _is_stray(token: Token) -> bool:
    heading = token.type == "heading_open" and token.tag in HEADINGS and token.level == 1
    return heading or _is_slide(token) or token.type == "container_any_open"


def _words(inline: Token) -> str:
    """Return a heading's text without its Markdown."""
    words = (_word(child) for child in inline.children or ())
    return " ".join("".join(words).split())


def _word(token: Token) -> str:
    """Return what a part of a heading says; a line's end is a space."""
    if token.type == "html_inline":
        return " " if BREAK.fullmatch(token.content) else ""
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _text(lines: Sequence[str], first: int, end: int) -> Iterator[MarkdownPiece]:
    text = "\n".join(lines[first:end])
    if text.strip():
        start = BLANK_START.match(text)
        yield MarkdownPiece(kind="text", text=text[start.end() if start else 0 :].rstrip(), line=first + 1, end=end)


INTERRUPTED = ["paragraph", "reference", "blockquote", "list", "footnote_def"]
"""What a formula may interrupt, as the plugin lists it."""
LAST = "deck: last ends"


def parser() -> MarkdownIt:
    """Return a parser that finds blocks only: to read the Markdown within their lines may take very long."""
    made = MarkdownIt("commonmark").disable("inline").use(front_matter_plugin).use(environments_plugin)
    # A line of = or - in a formula makes no heading.
    made.use(dollarmath_plugin, allow_labels=False).disable(["math_inline", "math_inline_double"], ignoreInvalid=True)
    return made.use(divs_plugin)


def environments_plugin(markdown: MarkdownIt) -> None:
    r"""Read ``\begin{align}`` and its like, but search a text for an end once, not from each beginning again."""
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
