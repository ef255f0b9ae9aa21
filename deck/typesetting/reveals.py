"""Reveals of a page: which pieces appear together, under what name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from deck.identifiers import slug, unique
from deck.typesetting.pages import Page, PlacedPanel, Spot
from deck.typesetting.pieces import Step

__all__ = ["Shown", "reveals"]

ID_WORDS = 5
NUMBER = re.compile(r"^\d+\. ")
COMMAND = re.compile(r"\\[A-Za-z]")
TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What appears with one key: its names, what can be read in it, and where it stands."""

    id: str
    title: str
    description: str
    spots: tuple[Spot, ...]
    marks: tuple[PlacedPanel, ...]


def reveals(pages: Sequence[Page]) -> list[list[Shown]]:
    """
    Return the reveals of each page.

    Ids are made of the first words, or count steps; none occurs twice, so that notes find their reveal. A heading has
    its own id first. What follows a heading appears with it.
    """
    parts = [_parts(page) for page in pages]
    headings: dict[int, str] = {}
    taken: set[str] = set()
    for part in (part for page in parts for part in page):
        step = part[0].piece.step
        if step and step.is_heading and step.id:
            headings[id(part[0])] = name = unique(step.id, taken)
            taken.add(name)
    found: list[list[Shown]] = []
    for page, own in zip(pages, parts, strict=True):
        found.append([])
        place = 0
        for number, part in enumerate(own, start=1):
            name = headings.get(id(part[0])) or unique(_id(part, number), taken)
            taken.add(name)
            marks = tuple(mark for mark in page.marks if place <= mark.first < place + len(part))
            place += len(part)
            text = _text(part)
            found[-1].append(
                Shown(id=name, title=_title(part, number), description=text, spots=tuple(part), marks=marks)
            )
    return found


def _parts(page: Page) -> list[list[Spot]]:
    parts: list[list[Spot]] = [[]]
    for spot in page.spots:
        if _begins(spot.piece.step, parts[-1]):
            parts.append([])
        parts[-1].append(spot)
    return [part for part in parts if part]


def _begins(step: Step | None, part: Collection[Spot]) -> bool:
    """Return whether a step ends the part so far; what follows a heading belongs to it."""
    is_heading_alone = all(
        spot.piece.keeps and (spot.piece.step is None or spot.piece.step.is_heading) for spot in part
    )
    begins_with_one = next((bool(spot.piece.step and spot.piece.step.is_heading) for spot in part), False)
    return bool(step and part) and (bool(step and step.is_heading) or not (begins_with_one and is_heading_alone))


def _sentences(part: Sequence[Spot]) -> Iterator[str]:
    """Yield what can be read; lines of one paragraph go on."""
    for spot in part:
        if text := spot.piece.says.strip():
            yield text


def _text(part: Sequence[Spot]) -> str:
    """Return all that can be read, as one sentence."""
    text = " ".join(" ".join(_sentences(part)).split())
    return text if not text or text.endswith((".", "!", "?", ":", "…")) else f"{text}."


def _first(part: Sequence[Spot]) -> str:
    return next(_sentences(part), "")


def _id(part: Sequence[Spot], number: int) -> str:
    words = NUMBER.sub("", _first(part)).split()
    if _is_formula(words):
        return "formula"
    return slug(" ".join(words[:ID_WORDS])) or f"step-{number}"


def _is_formula(words: Sequence[str]) -> bool:
    """Return whether words begin with TeX, which would make no name."""
    return bool(words) and bool(COMMAND.search(words[0]))


def _title(part: Sequence[Spot], number: int) -> str:
    text = " ".join(_first(part).split())
    if _is_formula(text.split()):
        return "Formula"
    if len(text) <= TITLE_LENGTH:
        return text or f"Step {number}"
    return f"{text[:TITLE_LENGTH].rpartition(' ')[0] or text[:TITLE_LENGTH]}…"
