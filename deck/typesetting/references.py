"""What a text refers to: works of a bibliography, as Typst cites them, and the numbers of formulas."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

import typst
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from deck.document.labels import KEY
from deck.errors import SlideError

__all__ = ["NONE", "References", "Work", "bibliography", "references_plugin"]

GROUP = re.compile(rf"\[(?P<inside>[^\[\]\n]{{0,200}}?@{KEY}[^\[\]\n]{{0,300}})\]")
ALONE = re.compile(rf"-?@(?P<key>{KEY})(?:\s\[(?P<rest>[^\[\]@\n]{{1,100}})\])?")
ONE = re.compile(rf"\s*(?P<before>[^@]*?)(?P<minus>-?)@(?P<key>{KEY})(?P<after>.*)", re.DOTALL)
LARGEST = 5_000_000
"""Bytes of a bibliography."""
STYLE = "chicago-author-date"
ENTRY = re.compile(r"@\w+\s*[{(]\s*([^\s,{}()]+)\s*,")
YAML_ENTRY = re.compile(r"^([\w:.-]+):\s*$", re.MULTILINE)

SOURCE = f"""
#let keys = json(bytes(sys.inputs.keys))
#for key in keys [#cite(label(key)) #parbreak() #cite(label(key), form: "prose") #parbreak()]
#bibliography(bytes(sys.inputs.works), style: "{STYLE}", title: none)
"""


@dataclass(frozen=True, slots=True)
class Work:
    """How a work is cited: in brackets, without these; in running text; and its entry, as HTML."""

    inside: str
    prose: str
    entry: str


@dataclass(frozen=True, slots=True)
class References:
    """What may be referred to: works by their keys, and the numbers of formulas by their labels."""

    works: Mapping[str, Work] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    def said(self, text: str) -> str | None:
        """Return what stands for a reference as it is written; None if it is none."""
        group = GROUP.fullmatch(text)
        if group:
            parts = [self._inside(part) for part in group["inside"].split(";")]
            return f"({'; '.join(filter(None, parts))})" if all(parts) else self._numbers(group["inside"])
        alone = ALONE.fullmatch(text)
        if alone and (work := self.works.get(alone["key"])):
            return ", ".join(filter(None, (work.prose, alone["rest"])))
        return self._numbers(text)

    def _inside(self, part: str) -> str:
        one = ONE.fullmatch(part)
        work = self.works.get(one["key"]) if one else None
        if not one or not work:
            return ""
        inside = work.inside.rpartition(" ")[2] if one["minus"] else work.inside
        return f"{one['before']}{inside}{one['after'].rstrip()}"

    def _numbers(self, text: str) -> str | None:
        one = ONE.fullmatch(text)
        if not one or one["key"] not in self.numbers:
            return None
        number = f"({self.numbers[one['key']]})"
        return number if one["minus"] else f"Equation {number}"


NONE = References()


def references_plugin(parser: MarkdownIt) -> None:
    """Make a parser see what may be a reference; what it refers to is found out later."""
    parser.inline.ruler.before("link", "references", _group)
    parser.inline.ruler.push("reference", _alone)


def _group(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    found = GROUP.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not found or state.src[found.end() : found.end() + 1] in {"(", "["}:
        return False
    return _push(state, found, silent=silent)


def _alone(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    before = state.src[state.pos - 1] if state.pos else " "
    found = ALONE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "@" else None
    return bool(found) and not (before.isalnum() or before in "/._") and _push(state, found, silent=silent)


def _push(state: StateInline, found: re.Match[str] | None, *, silent: bool) -> bool:
    assert found
    if not silent:
        state.push("reference", "", 0).content = found[0]
    state.pos = found.end()
    return True


def bibliography(path: Path, keys: Collection[str]) -> Mapping[str, Work]:
    """
    Return the works of a bibliography that are cited, by their keys.

    Parameters
    ----------
    path
        BibTeX, or Hayagriva's YAML.
    keys
        Those that may be cited: those that are not in it are none.

    Raises
    ------
    SlideError
        If it cannot be read.
    """
    try:
        changed = path.stat().st_mtime_ns
        return _read(path, changed, frozenset(keys))
    except OSError as error:
        reason = (error.strerror or "there is an error").lower()
        hint = "name a BibTeX file beside the document"
        raise SlideError(f"the bibliography '{path.name}' cannot be read: {reason}", hint=hint) from error


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, keys: frozenset[str]) -> Mapping[str, Work]:
    with path.open("rb") as file:
        text = file.read(LARGEST).decode("utf-8", "replace")
    known = set((YAML_ENTRY if path.suffix in {".yaml", ".yml"} else ENTRY).findall(text))
    found = sorted(keys & known)
    try:
        html = (
            typst.compile(SOURCE.encode(), format="html", sys_inputs={"works": text, "keys": json.dumps(found)})
            if found
            else b"<html/>"
        )
        assert isinstance(html, bytes)
        works = list(_works(ET.fromstring(_wellformed(html.decode()))))  # noqa: S314 - it was written a moment ago
    except (typst.TypstError, ET.ParseError) as error:
        reason = str(getattr(error, "message", error)).splitlines()[0]
        hint = "correct the entry; BibTeX and Hayagriva's YAML are read"
        raise SlideError(f"the bibliography '{path.name}' cannot be read: {reason}", hint=hint) from error
    return dict(zip(found, works, strict=True))


def _wellformed(html: str) -> str:
    """Return HTML as XML: its head, which has no end tags, is left out."""
    body = html[html.find("<body>") : html.find("</html>")] if "<body>" in html else "<body></body>"
    return body.replace("&nbsp;", "\u00a0").replace("<br>", "<br/>")


def _works(body: ET.Element) -> Iterator[Work]:
    entries = {item.get("id", ""): _inner(item) for item in body.iter("li")}
    cites = [paragraph for paragraph in body.findall("p") if "".join(paragraph.itertext()).strip()]
    for inside, prose in zip(cites[::2], cites[1::2], strict=True):
        link = next(inside.iter("a"), None)
        entry = entries.get((link.get("href", "") if link is not None else "").removeprefix("#"), "")
        said = " ".join("".join(inside.itertext()).split()).removeprefix("(").removesuffix(")")
        yield Work(said, " ".join("".join(prose.itertext()).split()), entry)


def _inner(element: ET.Element) -> str:
    """Return what is in an element, as HTML."""
    return (element.text or "") + "".join(ET.tostring(child, encoding="unicode") for child in element)
