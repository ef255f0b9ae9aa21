"""Rules on reveals that are empty or too long, and on notes and descriptions that are missing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from deck.check.talk import Finding, Shown, Talk
from deck.document import Prose, TitlePage
from deck.recording.timeline import RecordedReveal, Recording

__all__ = ["empty_reveal", "long_reveal", "missing_description", "missing_notes"]

LONGEST = 12
"""Seconds that an audience watches without a word from the speaker, at most."""
WORDLESS = {"", "Shapes without words."}
"""Descriptions that describe nothing; the second is what a scene gets that nobody has described."""


def empty_reveal(talk: Talk) -> Iterator[Finding]:
    """Report keys that change nothing."""
    for slide in talk.slides:
        before = np.zeros((6, 0), np.int32)
        for reveal in () if slide.is_film else slide.recording.reveals:
            after = _drawn(slide.recording, slide.recording.items(reveal.last))
            if np.array_equal(before, after) and not _moves(slide.recording, reveal):
                hint = "take the pause out, or let something appear before it"
                yield slide.finding("empty-reveal", "pressing the key changes nothing here", hint, reveal=reveal.id)
            before = after


def _drawn(recording: Recording, items: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the items that can be seen."""
    behind = np.array([style.behind is not None or bool(style.clip) for style in recording.styles], bool)
    return items[:, (items[4] > 0) | (items[5] > 0) | behind[items[1]]]


def _moves(recording: Recording, reveal: RecordedReveal) -> bool:
    """Return whether anything changes between a reveal's first frame and its last."""
    first, last = 0, 0
    rest = _drawn(recording, recording.items(reveal.last))
    for segment in recording.segments:
        first, last = last, last + segment.frames
        if first <= reveal.last and last > reveal.first:
            items = segment.frame(max(reveal.first - first, 0))
            if len(segment.moving) or not np.array_equal(_drawn(recording, items), rest):
                return True
    return False


def long_reveal(talk: Talk) -> Iterator[Finding]:
    """Report reveals that run too long without a key."""
    for slide in talk.slides:
        for reveal in slide.recording.reveals:
            seconds = (reveal.last - reveal.first + 1) / slide.recording.frame_rate
            if seconds > LONGEST and not reveal.loop:
                sentence = f"it runs {seconds:.0f} s without a key, and nobody can stop to explain"
                hint = f"cut it by pauses into pieces of a few seconds, at most {LONGEST}"
                yield slide.finding("long-reveal", sentence, hint, reveal=reveal.id)


def missing_notes(talk: Talk) -> Iterator[Finding]:
    """Report sections without notes, at their first slide; titles need none."""
    spoken = {
        slide.section.id for slide in talk.slides for reveal in slide.slide.reveals if reveal.notes or reveal.comment
    }
    for slide in talk.slides:
        if slide.section.id not in spoken and not _is_title(slide):
            spoken.add(slide.section.id)
            hint = "write what to say under the slide, or in a block `::: notes`"
            yield slide.finding("missing-notes", "the slide has no notes", hint)


def _is_title(slide: Shown) -> bool:
    body = slide.section.body
    return isinstance(body, TitlePage) or (isinstance(body, Prose) and not body.text.strip())


def missing_description(talk: Talk) -> Iterator[Finding]:
    """Report reveals that nobody has described."""
    for slide in talk.slides:
        for reveal in slide.slide.reveals:
            if reveal.description.strip() in WORDLESS:
                sentence = "nothing says what appears here to those who cannot see it"
                hint = "give the reveal a description, or let a text on the slide name what it shows"
                yield slide.finding("missing-description", sentence, hint, reveal=reveal.id)
