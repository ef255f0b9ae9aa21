"""
Slides looked at by all rules, one after the other or in several processes.

In memory a recording takes a hundred times as much room as its bytes, so it is dropped when its slide has been looked
at. Only what was found is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deck.build.crew import crew
from deck.check.rules import rules
from deck.check.talk import Finding, Shown, Talk

__all__ = ["Seen", "look_at"]

WORTH_BYTES = 500_000
"""Bytes of recordings that are worth a process: looking at them takes as long as starting it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found on a slide, and what rules for all slides want to know of it, both by rule."""

    findings: Mapping[str, tuple[Finding, ...]]
    known: Mapping[str, object]


def look_at(slides: Sequence[Shown], *, processes: int) -> list[Seen]:
    """
    Look at slides, in ``processes`` processes at most.

    Raises
    ------
    SlideError
        If a process is ended from outside.
    """
    worth = sum(len(shown.slide.data) for shown in slides) // WORTH_BYTES
    size = min(processes, worth, len(slides))
    fresh = (Shown(shown.slide, shown.section) for shown in slides)  # so that each recording is dropped with its slide
    if size < 2:
        return list(map(_seen, fresh))
    with crew(size, module=__name__, doing="looks at slides") as pool:
        return list(pool.map(_seen, fresh))


def _seen(slide: Shown) -> Seen:
    talk = Talk((slide,))
    findings = {name: tuple(rule.broken(talk)) for name, rule in rules().items() if not rule.across}
    known = {name: rule.known(slide) for name, rule in rules().items() if rule.known}
    return Seen({name: found for name, found in findings.items() if found}, known)
