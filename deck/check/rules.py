"""The table of rules, to which packages add; what each finds is in the modules beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from deck import plugins
from deck.check.framing import off_frame
from deck.check.pacing import empty_reveal, long_reveal, missing_description, missing_notes
from deck.check.remote import remote_picture
from deck.check.talk import Finding, Shown, Talk
from deck.check.theming import faint_theme
from deck.check.writing import font_missing, low_contrast, overlap, small_text

__all__ = ["Rule", "rules"]


class Rule(NamedTuple):
    """
    What holds on a good slide.

    Attributes
    ----------
    statement
        In one line.
    broken
        Finds where it does not hold.
    across
        Whether it looks at all slides together; the other rules look at one slide at a time.
    whole
        Whether it looks for what at least one slide must have, and so cannot judge a part of a deck.
    known
        For a rule that looks at all slides: finds out what the rule wants to know of a slide, while that slide is
        looked at. The rule finds the results in `Talk.known`.
    """

    statement: str
    broken: Callable[[Talk], Iterable[Finding]]
    across: bool = False
    whole: bool = False
    known: Callable[[Shown], object] | None = None


OWN: Mapping[str, Rule] = {
    "off-frame": Rule("Nothing is cut off by the frame.", off_frame),
    "overlap": Rule("No text lies on another, or across the edge of anything.", overlap),
    "small-text": Rule("No text is smaller than 24 pt at 1080p.", small_text),
    "low-contrast": Rule("Every text stands out by 4.5 : 1 from what is behind it.", low_contrast),
    "faint-theme": Rule("Every text of the theme stands out by 4.5 : 1 from its grounds.", faint_theme, across=True),
    "font-missing": Rule("Every typeface that is asked for is installed.", font_missing),
    "remote-picture": Rule("Every picture is a file: a deck never needs a network.", remote_picture, across=True),
    "empty-reveal": Rule("Every key changes something.", empty_reveal),
    "long-reveal": Rule("No reveal runs longer than 12 s without a key.", long_reveal),
    "missing-notes": Rule("Every slide has notes.", missing_notes, across=True),
    "missing-description": Rule("Every reveal is described for those who cannot see it.", missing_description),
}


@cache
def rules() -> Mapping[str, Rule]:
    """
    Return all rules by their names: deck's own, then those that installed packages offer.

    Raises
    ------
    SlideError
        If a package offers something else, or a name that is taken.
    """
    return {**OWN, **{name: _offered(name) for name in plugins.names(plugins.RULES)}}


def _offered(name: str) -> Rule:
    rule = plugins.load(plugins.RULES, name, what="rule")
    if name in OWN or not isinstance(rule, Rule):
        raise plugins.refused(plugins.RULES, name, what="rule", wanted="deck.check.rules.Rule of a name of its own")
    return rule
