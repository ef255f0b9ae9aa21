"""The keys of the front matter: what a document says of itself between the two lines of ``---`` at its top."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path

from deck import limits, themes
from deck.document.yaml_lines import YamlBlock, is_yaml
from deck.errors import DocumentError, FaultList, Location
from deck.frames import FRAMES
from deck.identifiers import nearest

__all__ = ["FrontMatter", "check", "quoted", "texts"]

GROUP = "deck.front_matter"
"""The entry points by which packages declare keys; such a key sets the option of its name on all slides."""
CHOICES = {
    "aspect-ratio": tuple(FRAMES),
    "pauses": ("wait", "play"),
    "incremental": ("true", "false"),
    "title-slide": ("true", "false"),
}
STARTS = ('"', "'", "|", ">", "[")
"""Values that start so get no quotes: they may go on over several lines, or be bad YAML that the author must see."""
LINE = re.compile(r"(?P<key>[A-Za-z][\w-]*): +(?P<value>\S.*)")
LIKE_A_KEY = 0.8
"""How alike a word must be to be a key misspelled. Other programs' keys mean nothing to us."""
SIZE = re.compile(r"(2[4-9]|[345][0-9]|60)(?:\.[0-9])?(?:pt)?")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """
    The values of the keys, as text in the document's own spelling.

    Attributes
    ----------
    lang
        A BCP 47 language tag.
    options
        The values of keys that packages declare by an entry point. Each is for every slide whose kind has an option of
        that name and whose section does not set it.
    depends
        Patterns of files that all sections are made from.
    pauses, incremental
        For every section that says nothing else: see `deck.document.section.Settings`.
    font_size
        Of the text, in points, instead of the largest that suits it.
    bibliography
        The file of the works that are cited.
    title_slide
        Whether the title, the author and the rest stand on a slide of their own.
    lines
        The line of every key that is given, in kebab-case.
    """

    title: str = ""
    author: str = ""
    date: str = ""
    lang: str = "en"
    theme: str = "dark"
    aspect_ratio: str = "16:9"
    subtitle: str = ""
    description: str = ""
    pauses: str = "wait"
    incremental: str = "true"
    font_size: str = ""
    bibliography: str = ""
    title_slide: str = "true"
    depends: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


OWN = frozenset(name.replace("_", "-") for name in FrontMatter.__slots__) - {"lines", "options"}

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
DAY = re.compile(r"(\d{4}-\d\d-\d\d)[T ].*")
"""A date with a time of day, which nobody wants on a slide."""


def quoted(text: str) -> str:
    """
    Return front matter with quotes around text that is no YAML, as in ``title: CNNs: an introduction``.

    Half of the front matter that is written by hand is like that, and other programs accept it.
    """
    return "\n".join(map(_quoted, text.split("\n")))


def _quoted(line: str) -> str:
    found = LINE.fullmatch(line.rstrip())
    value = found["value"] if found else ""
    is_template = value.startswith(("{{", "{%"))
    if not found or value.startswith(STARTS) or (is_yaml(line) and not is_template):
        return line
    doubled = value.replace("'", "''")
    return f"{found['key']}: '{doubled}'"


def check(block: YamlBlock, path: Path, faults: FaultList) -> FrontMatter:
    """Return the front matter that a block of YAML spells; what is wrong with it goes into ``faults``."""
    lines = {str(steps[0]).casefold(): line for steps, line in block.lines.items() if len(steps) == 1}
    keys = _keys() if any(name.casefold() not in OWN for name in block.values) else OWN
    given, options = dict[str, str](), dict[str, str]()
    depends: tuple[str, ...] = ()
    is_others = any(name.casefold() not in keys for name in block.values)
    for name, value in block.values.items():
        key = name.casefold() if name.casefold() in keys else name
        spelled = block.spelled.get(name, "") or (_names(value) if key == "author" else "")
        if key == "lang":
            spelled = spelled.replace("_", "-")
        fault = _fault(key, value, spelled, keys)
        if fault and not (is_others and key in keys):
            message, hint = fault
            faults.add(DocumentError(message, hint=hint, where=Location(path, lines[name.casefold()])))
        elif key == "depends":
            depends = texts(value) or ()
        elif value is not None and key in keys and not fault:
            text = DAY.sub(r"\1", " ".join(BREAK.sub(" ", spelled).split()))
            (given if key in OWN else options)[key] = text
    fields = {key.replace("-", "_"): text for key, text in given.items()}
    return FrontMatter(**fields, depends=depends, options=options, lines=lines)


def _keys() -> frozenset[str]:
    """Return all keys that mean something, those of installed kinds of slide included."""
    return OWN | entry_points(group=GROUP).names


def texts(value: object) -> tuple[str, ...] | None:
    """Return the texts of a list, or a single text; None if anything else is among them."""
    found = value if isinstance(value, list) else [] if value is None else [value]
    given = tuple(each for each in found if isinstance(each, str) and each)
    return given if len(given) == len(found) else None


def _names(value: object) -> str:
    """Return the authors, given as a name, as a mapping with a ``name``, or as a list of these."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_names, value)))
    return _names(value.get("name")) if isinstance(value, dict) else str(value or "")


def _fault(key: str, value: object, spelled: str, keys: frozenset[str]) -> tuple[str, str] | None:
    """Return a sentence and a hint, if there is something wrong."""
    if key not in keys:
        like = difflib.get_close_matches(key, sorted(keys), n=1, cutoff=LIKE_A_KEY) and key.rstrip("s") not in keys
        return (f"no front matter key '{key}'", nearest(key, keys, what="keys")) if like else None
    if key == "depends":
        hint = "write the files that the slides are made from, as in `depends: [data/*.csv, model.bin]`"
        return ("the front matter's depends cannot be this", hint) if texts(value) is None else None
    if isinstance(value, (list, dict)) and not (key == "author" and spelled):
        return f"the front matter's {key} must be text", f"write it in one line, as in `{key}: …`"
    return _text_fault(key, value, spelled)


def _text_fault(key: str, value: object, spelled: str) -> tuple[str, str] | None:
    """Return what is wrong with a text, with a hint."""
    if len(spelled) > limits.HEADING:
        return f"the front matter's {key} has more than {limits.HEADING:,} characters", "make it shorter"
    if key in CHOICES and value is not None and spelled not in CHOICES[key]:
        return f"no {key} '{spelled}'", f"write {key}: {' or '.join(CHOICES[key])}"
    if key == "theme" and value is not None and not themes.is_known(spelled):
        return (
            f"no theme '{spelled}'",
            nearest(spelled, (*themes.names(), "my-theme.yaml"), what="themes"),
        )
    if key == "font-size" and value is not None and not SIZE.fullmatch(spelled):
        return f"'{spelled}' is no size of type", "write points from 24 to 60, as in `font-size: 32`"
    if key == "lang" and value is not None and not LANGUAGE_TAG.fullmatch(spelled):
        return f"'{spelled}' is no language tag", "write one such as en, de or pt-BR"
    return None
