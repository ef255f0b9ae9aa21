"""Galleys: what is to be set, as data for the template; each word and each place for a formula has a number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from deck.formulas import SetFormula
from deck.themes import ROLES
from deck.typesetting import measures
from deck.typesetting.blocks import Break, Inline, Maths, Span, SpanStyle, plain
from deck.typesetting.formulas import pixels, set_formula
from deck.typesetting.setup import Setup, is_rtl

__all__ = ["Galley", "Slot", "Word", "clean", "unbroken"]

SMALL, CODE_SIZE = 0.75, 0.94
"""How large indices and code in a line of text are, compared to it."""
RAISED, LOWERED = 0.32, -0.16
TALLEST = 4.0 * 135
"""How high a formula in a line may be, in pixels."""
SPACES = re.compile(r"(\s+)")
EAST = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
EASTERN = re.compile(f"[{EAST}]")
ATOM = re.compile(rf"[{EAST}]|[^{EAST}]+")
"""One of the signs between which lines may end, as of Chinese and Japanese, or a run of others."""
LONG, VERY_LONG, LONGEST = 18, 32, 70
"""Characters of a word that may be broken after a stroke or a dot, or anywhere; letters alone are hyphenated."""
ENDS = re.compile(r"(?<=[/\-_.,:;?&=+])(?=[^/\-_.,:;?&=+\d])")
MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
)
CLUSTER = re.compile(rf".(?:[{MARKS}]|(?<=\u200d).)*", re.DOTALL)
"""A character with all that belongs to it, as the members of a family do."""
MOST_PARTS = 50
"""Into how many parts a word is divided: to measure more than that takes a time that nobody's word is worth."""
MAYBE = "\u200b"
"""A place where a line may end."""


@dataclass(frozen=True, slots=True)
class Word:
    """
    A word that is set.

    Attributes
    ----------
    text
        What it reads.
    link
        Where it leads to.
    goes_on
        Whether no space is between the last word and this one.
    is_apart
        Whether something else is between them: a formula, or the edge of a table's column.
    """

    text: str
    link: str = ""
    goes_on: bool = False
    is_apart: bool = False

    @property
    def said(self) -> str:
        """What it reads, behind a space if there is one before it."""
        return self.text if self.goes_on else f" {self.text}"


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """
    A place that is kept in a line for a formula.

    Attributes
    ----------
    formula, tex
        What is to be there.
    scale
        What makes ems of the formula's lengths.
    ascent, descent
        How far the place reaches up and down from where letters stand, in ems: no less than these do, so that a
        formula that is alone in its line stands as high as text beside it.
    ems
        How long an em may be there, in pixels: the text is in one of these sizes.
    """

    formula: SetFormula
    tex: str
    scale: float
    ascent: float
    descent: float
    ems: tuple[float, ...]

    def em(self, height: float) -> float:
        """Return how long an em is where the place is so high."""
        return min(self.ems, key=lambda em: abs(em * (self.ascent + self.descent) - height))


class Galley:
    """
    What Typst is given for some sections.

    Attributes
    ----------
    sections
        For the template.
    width
        Of all text, in pixels.
    words, slots
        What numbers and names in the drawing stand for.
    """

    def __init__(self) -> None:
        self.sections: list[dict[str, Any]] = []
        self.width = measures.WIDTH
        self.words: list[Word] = []
        self.slots: dict[str, Slot] = {}
        self._parts = 0
        self._is_in_word = self._is_apart = False

    def begin(self, setup: Setup) -> None:
        """Begin a section; all of a galley's have the same frame."""
        self.width = setup.measures.width
        language = setup.language.partition("-")[0].lower()
        known = language if re.fullmatch(r"[a-z]{2,3}", language) else "en"
        self.sections.append({"lang": known, "rtl": setup.is_rtl, "pieces": []})

    def part(self) -> str:
        """Return a name for one more part."""
        self._parts += 1
        return f"p{self._parts}"

    def text(
        self,
        inlines: Iterable[Inline],
        setup: Setup,
        *,
        x: float = 0.0,
        width: float = 0.0,
        size: float | Sequence[float] = 0.0,
        **facts: Any,
    ) -> str:
        """
        Add a paragraph, and return its name.

        Parameters
        ----------
        x, width
            Where it begins and how wide it is, by default as wide as all text; where a language is written from the
            right, it begins there.
        size
            In points; several for the largest in which it takes no more than ``lines`` lines.
        **facts
            What else the template knows of a piece.
        """
        name = self.part()
        sizes = [size] if isinstance(size, float | int) else list(size)
        size = sizes[0] or setup.size
        inlines = tuple(inlines)
        rtl = setup.is_rtl or is_rtl(plain(inlines))
        width = width or self.width
        rest = self.width - x - width
        left, right = (rest, x) if rtl else (x, rest)
        spans = self.spans(inlines, setup, width=width, sizes=sizes if sizes[0] else (size,))
        made: dict[str, Any] = {"id": name, "rtl": rtl, "left": left, "right": right, "spans": spans, **facts}
        room = (width - facts.get("hang", 0.0)) / measures.em(max(sizes[0], size))
        if any(len(part) > room for run in unbroken(spans) for span in run for part, _ in span.get("words", ())):
            made["breaks"] = True
        if len(sizes) > 1:
            made["sizes"] = [measures.em(each) for each in sizes]
        else:
            made["size"] = measures.em(size)
        self.add(made)
        return name

    def code(self, spans: Iterable[Span], *, x: float, width: float, size: float) -> str:
        """
        Add a line of code, every space of which counts, and return its name; spans are words here.

        A line without any is as high as others.
        """
        name = self.part()
        made: list[dict[str, Any]] = []
        before = " "
        for nth, span in enumerate(spans):
            self.words.append(Word(span.text, goes_on=not before.endswith(" "), is_apart=not nth))
            before = span.text
            number = None if span.text.isspace() else len(self.words) - 1
            made.append(_styled(span.style, size) | {"words": [(span.text.replace(" ", "\u00a0"), number)]})
        made = made or [{"words": [("\u00a0", None)]}]
        rest = self.width - x - width
        self.add({"id": name, "left": x, "right": rest, "spans": made, "size": measures.em(size), "rtl": False})
        return name

    def add(self, made: dict[str, Any]) -> None:
        """Add a piece to the section."""
        self.sections[-1]["pieces"].append(made)

    def spans(
        self, inlines: Iterable[Inline], setup: Setup, *, width: float, sizes: Sequence[float]
    ) -> list[dict[str, Any]]:
        """Return the inlines of a paragraph as the template has them; its type has one of some sizes."""
        self._is_in_word, self._is_apart = False, True
        return [self._span(inline, setup, width, sizes) for inline in inlines]

    def _span(self, inline: Inline, setup: Setup, width: float, sizes: Sequence[float]) -> dict[str, Any]:
        if isinstance(inline, Break):
            self._is_in_word = False
            return {"end": True}
        if isinstance(inline, Maths):
            self._is_in_word, self._is_apart = False, True
            return self._slot(inline, setup, width, sizes)
        return _styled(inline.style, sizes[0]) | {"words": self._words(inline)}

    def _slot(self, inline: Maths, setup: Setup, width: float, sizes: Sequence[float]) -> dict[str, Any]:
        formula = set_formula(inline.tex, setup, inline.line)
        ems = tuple(map(measures.em, sizes))
        scale = pixels(sizes[0])
        high = (formula.ascent + formula.descent) * scale
        wide = formula.width * scale
        scale *= min(1.0, width / wide if wide else 1.0, TALLEST / high if high else 1.0)
        scale /= ems[0]
        name = f"f{len(self.slots)}"
        ascent, descent = max(formula.ascent * scale, measures.ASCENT), max(formula.descent * scale, measures.DESCENT)
        self.slots[name] = Slot(formula, inline.tex, scale, ascent, descent, ems)
        return {"slot": name, "width": formula.width * scale, "ascent": ascent, "descent": descent}

    def _words(self, span: Span) -> list[tuple[str, int | None]]:
        found: list[tuple[str, int | None]] = []
        for run in SPACES.split(clean(span.text)):
            if run.isspace():
                found.append((" ", None))
                self._is_in_word = False
            for atom in ATOM.findall(run) if run and not run.isspace() else ():
                if span.style.hidden:
                    found.append((atom, None))
                    continue
                self.words.append(Word(atom, span.style.target, self._is_in_word, self._is_apart))
                self._is_in_word, self._is_apart = True, False
                found.append((_breakable(atom), len(self.words) - 1))
        return found


def _breakable(word: str) -> str:
    if len(word) <= LONG:
        return word
    if len(word) > (LONGEST if word.isalpha() else VERY_LONG) and not ENDS.search(word):
        signs = CLUSTER.findall(word)
        count = max(2, len(signs) // MOST_PARTS)
        return MAYBE.join("".join(signs[at : at + count]) for at in range(0, len(signs), count))
    return ENDS.sub(MAYBE, word)


def _styled(style: SpanStyle, size: float) -> dict[str, Any]:
    role = style.tone or ("accent" if style.link else "code" if style.code else "")
    facts: dict[str, Any] = {
        name: True for name in ("bold", "italic", "struck", "underlined", "code", "hidden") if getattr(style, name)
    }
    if role:
        facts["tone"] = ROLES.index(role)
    if style.rise:
        facts["scale"] = measures.least(SMALL, size)
        facts["rise"] = RAISED if style.rise > 0 else LOWERED
    elif style.small:
        facts["scale"] = measures.least(SMALL, size)
    elif style.code and not style.tone:
        facts["scale"] = measures.least(CODE_SIZE, size)
    if style.marked:
        facts["marked"] = ROLES.index("mark")
    return facts


def unbroken(spans: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the parts of spans within which no line ends, unless there is no room for them; words have no numbers."""
    run: list[dict[str, Any]] = []
    for span in spans:
        if "words" not in span:
            run = [*run, span] if "slot" in span else run
            if "end" in span:
                yield run
                run = []
            continue
        for sign, _ in span["words"]:
            for nth, part in enumerate(sign.split(MAYBE)):
                if nth or part.isspace() or EASTERN.match(part):
                    yield run
                    run = []
                if not part.isspace():
                    run.append({**span, "words": [(part, None)]})
    yield run


def clean(text: str) -> str:
    """Return a text without signs that steer terminals or printers, and with plain spaces."""
    kept = (sign if unicodedata.category(sign) not in {"Cc", "Cs", "Zl", "Zp"} else " " for sign in text)
    return "".join(kept).replace("\ufffe", " ").replace("\uffff", " ")
