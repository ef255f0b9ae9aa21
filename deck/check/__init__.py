"""`deck check`: what a careful colleague would say of a deck before the lecture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from deck.build import Deck
from deck.check.look import look_at
from deck.check.rules import rules
from deck.check.talk import Finding, Shown, Talk, talk_of
from deck.identifiers import nearest
from deck.printable import escaped, json_of, line
from deck.process.processors import processors

__all__ = [
    "Report",
    "Silenced",
    "as_json",
    "as_text",
    "check",
    "colors",
    "geometry",
    "phrases",
    "rules",
    "stage",
    "talk",
]

UNKNOWN = "unknown-rule"
"""The id of findings about a rule that a section ignores and that does not exist; no section can silence them."""


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding by a rule that its section ignores, and the reason that the section gives."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What rules find in a document's deck, or in the part of it that can be built, in the order of the slides."""

    path: Path
    slides: int
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...]
    partial: bool = False


def check(deck: Deck, *, processes: int | None = None) -> Report:
    """
    Apply all rules to a deck; what a rule finds at several pauses of a slide is reported at the first.

    Parameters
    ----------
    deck
        What to look at.
    processes
        How many slides are looked at in parallel; by default as many as there are processors.

    Raises
    ------
    SlideError
        If a process that looks at slides is ended from outside.
    """
    talk = talk_of(deck)
    ignored = {slide.id: slide.section.settings.ignore for slide in talk.slides}
    findings, silenced = list(_unknown_rules(talk)), list[Silenced]()
    for finding in _in_order(talk, _found(talk, processes or processors())):
        if deck.faults and rules()[finding.rule].whole:
            continue
        reason = ignored.get(finding.slide, {}).get(finding.rule)
        if reason is None:
            findings.append(finding)
        else:
            silenced.append(Silenced(finding, reason))
    return Report(
        path=deck.document.path,
        slides=len(deck.slides),
        findings=tuple(findings),
        silenced=tuple(silenced),
        partial=bool(deck.faults),
    )


def _found(talk: Talk, processes: int) -> dict[str, list[Finding]]:
    """Return what each rule finds, in the order of the slides."""
    seen = look_at(talk.slides, processes=processes)
    both = list(zip(talk.slides, seen, strict=True))
    whole = replace(talk, known={(name, slide.id): each.known[name] for slide, each in both for name in each.known})
    return {
        name: list(
            rule.broken(whole) if rule.across else (said for each in seen for said in each.findings.get(name, ()))
        )
        for name, rule in rules().items()
    }


def _in_order(talk: Talk, found: Mapping[str, Sequence[Finding]]) -> Iterator[Finding]:
    """Yield each finding, repeated ones once, slide by slide and pause by pause, in the order of the rules."""
    said = {
        (finding.rule, finding.slide, finding.sentence): finding
        for rule in reversed(list(found.values()))
        for finding in reversed(rule)
    }
    slides = {slide.id: nth for nth, slide in enumerate(talk.slides)}
    pauses = {(slide.id, reveal.id): nth for slide in talk.slides for nth, reveal in enumerate(slide.slide.reveals)}
    order = list(rules())

    def place(finding: Finding) -> tuple[int, int, int]:
        pause = pauses.get((finding.slide, finding.reveal), -1)
        return slides.get(finding.slide, -1), pause, order.index(finding.rule)

    first_rules_first = list(reversed(said.values()))
    yield from sorted(first_rules_first, key=place)


def _unknown_rules(talk: Talk) -> Iterator[Finding]:
    known: dict[str, Shown] = {}
    for slide in talk.slides:
        if known.setdefault(slide.section.id, slide) is slide:
            for rule in slide.section.settings.ignore:
                if rule not in rules():
                    hint = nearest(rule, rules(), what="rules")
                    yield slide.finding(UNKNOWN, f"there is no rule '{rule}' to ignore", hint)


def as_json(report: Report) -> str:
    """Return the findings as a list of objects."""
    found = [
        {
            "rule": finding.rule,
            "slide": finding.slide,
            "reveal": finding.reveal,
            "file": str(report.path),
            "line": finding.line,
            "message": finding.sentence,
            "hint": finding.hint,
        }
        for finding in report.findings
    ]
    return json_of(found)


def as_text(report: Report, *, all: bool = False, shown: Callable[[Path], Path] = lambda path: path) -> str:
    """
    Return the findings, one a line, and a summary.

    Parameters
    ----------
    report
        What was found.
    all
        Whether to show hints, and the findings that are silenced.
    shown
        How to show the document's path.
    """
    path = shown(report.path)
    lines = []
    for finding in report.findings:
        lines.append(_line(finding, path))
        if all and finding.hint:
            lines.append(f"  Hint: {line(finding.hint)}")
    if all:
        lines += [f"{_line(each.finding, path)} ignored: {line(each.reason)}" for each in report.silenced]
    return "\n".join([*lines, *([""] if lines else []), _summary(report)])


def _line(finding: Finding, path: Path) -> str:
    place = "/".join(name for name in (finding.slide, finding.reveal) if name)
    said = line(f"{place or 'deck'}: {finding.sentence} [{finding.rule}]")
    return f"{escaped(str(path))}:{finding.line}: {said}"


def _summary(report: Report) -> str:
    looked = f"{_count(report.slides, 'slide')} looked at{', without what is at fault' if report.partial else ''}"
    broken = Counter(finding.rule for finding in report.findings)
    kinds = ", ".join(f"{rule} {count}" for rule, count in broken.most_common())
    found = f"{_count(len(report.findings), 'finding')} ({kinds})" if broken else "nothing to say"
    ignored = f", {len(report.silenced)} ignored with a reason" if report.silenced else ""
    return f"{looked}: {found}{ignored}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
