"""Themes: the colours of a deck by what they are for; each is a small file, of which packages and authors have own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from yaml import MappingNode, SafeLoader, YAMLError, compose, load

from deck.identifiers import nearest

__all__ = [
    "DARK",
    "LEGIBLE",
    "ROLES",
    "Pair",
    "Theme",
    "ThemeError",
    "contrast",
    "faint",
    "find",
    "is_known",
    "is_light",
    "names",
    "pairs",
]

ROLES = (
    *("text", "quiet", "line", "accent", "surface", "paper", "mark", "code"),
    *(f"code-{kind}" for kind in ("comment", "keyword", "builtin", "name", "number", "string", "sign", "deleted")),
)
"""What colours are for, each known by its place; the ground's is apart."""
GROUND = "background"
GROUP = "deck.themes"
"""The entry points by which packages offer themes: each names a file as ``package:file.yaml``."""
BUILT_IN = ("dark", "light", "paper", "contrast")
SUFFIXES = (".yaml", ".yml")
NO_TEXT = ("line", "surface", "paper", "mark")
LEGIBLE = 4.5
"""The contrast that WCAG 2.2 asks for of text of any size."""
VISIBLE = 3.0
"""The same of lines, without which all can be read."""
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
EXAMPLE = 'write a line for each colour, as in `accent: "#FFB000"`'
LARGEST = 50_000
"""Bytes of a theme's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """
    A look.

    Attributes
    ----------
    name
        As the front matter has it.
    background
        ``#RRGGBB``.
    colors
        The same for each of `ROLES`.
    about
        What it is for, which its file says in a comment on the first line.
    """

    name: str
    background: str
    colors: Mapping[str, str] = field(repr=False)
    about: str = ""

    def __getitem__(self, role: str) -> str:
        """Return the colour of a role; that of text for none."""
        return self.colors[role or ROLES[0]]

    @property
    def is_light(self) -> bool:
        """Whether what is drawn stands on a light ground."""
        return is_light(self.background)


def names() -> tuple[str, ...]:
    """Return the names of all themes that are installed."""
    return (*BUILT_IN, *sorted(point.name for point in entry_points(group=GROUP)))


class ThemeError(Exception):
    """
    A theme that is not there, or not sound.

    Attributes
    ----------
    message, hint
        What is wrong, and what helps.
    file, line
        The theme's own, where the fault is there.
    """

    def __init__(self, message: str, hint: str, file: Path | None = None, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.file, self.line = message, hint, file, line


def is_known(name: str) -> bool:
    """Return whether a theme of that name is installed, or it is the name of a file."""
    return name in BUILT_IN or name.endswith(SUFFIXES) or name in names()


def find(name: str, folder: Path, *, trust: bool) -> Theme:
    """
    Return a theme.

    Parameters
    ----------
    name
        Of one that is installed, or of a file.
    folder
        Where files are looked for: the document's.
    trust
        Whether they may lie elsewhere.

    Raises
    ------
    ThemeError
        If there is none, or it is not sound.
    """
    if name.endswith(SUFFIXES):
        path = (folder / name).resolve()
        if trust or path.is_relative_to(folder.resolve()):
            return _read(name, path)
        raise ThemeError(f"the theme '{name}' is outside of the document's folder", "move it there, or use --trust")
    if name in BUILT_IN:
        return _built_in(name)
    for point in entry_points(group=GROUP, name=name):
        package, _, file = point.value.partition(":")
        try:
            folder = Path(str(files(package)))
        except (ImportError, TypeError) as error:
            message = f"the theme '{name}' is in no package '{package}'"
            raise ThemeError(message, "reinstall what offers it, or tell its authors") from error
        return _read(name, folder / file)
    hint = nearest(name, names(), what="themes")
    raise ThemeError(f"no theme '{name}'", f"{hint}, or write a file such as my-theme.yaml")


DARK: Theme
"""The theme of decks that name none."""


@cache
def _built_in(name: str) -> Theme:
    return _read(name, Path(str(files("deck.themes"))) / f"{name}.yaml")


def _read(name: str, file: Path) -> Theme:
    try:
        with file.open("rb") as opened:
            text = opened.read(LARGEST)
    except OSError as error:
        reason = (error.strerror or "there is an error").lower()
        raise ThemeError(f"the theme '{name}' cannot be read: {reason}", "name a file beside the document") from error
    try:
        source = text.decode()
        given, lines = load(source, SafeLoader), _lines(source)
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ThemeError(f"the theme '{name}' is no YAML", EXAMPLE, file, mark.line + 1 if mark else 1) from error
    for key, message, hint in _faults(given):
        raise ThemeError(f"the theme '{name}': {message}", hint, file, lines.get(key, 1))
    known = {key: str(value).upper() for key, value in given.items()}
    is_whole = known.keys() >= {GROUND, *ROLES}
    colors = known if is_whole else _all(_built_in(str(given.get("extends", BUILT_IN[0])))) | known
    first = source.partition("\n")[0]
    about = first.strip("# ") if first.startswith("#") else ""
    return Theme(name=name, background=colors[GROUND], colors={role: colors[role] for role in ROLES}, about=about)


def _all(theme: Theme) -> dict[str, str]:
    return {GROUND: theme.background, **theme.colors}


def _lines(source: str) -> dict[str, int]:
    """Return the line of each key."""
    tree = compose(source, SafeLoader)
    keys = [key for key, _ in tree.value] if isinstance(tree, MappingNode) else []
    return {str(key.value): key.start_mark.line + 1 for key in keys}


def _faults(given: object) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with what stands in a file: the key, the fault and what helps."""
    if not isinstance(given, dict):
        yield "", "there are no colours in it", EXAMPLE
        return
    for key, value in given.items():
        name = str(key)
        if key == "extends":
            if value not in BUILT_IN:
                what = f"'{value}'" if isinstance(value, str) else "that"
                yield name, f"extends cannot be {what}", f"write one of {', '.join(BUILT_IN)}"
        elif key not in {GROUND, *ROLES}:
            yield name, f"no role '{name}'", nearest(name, (GROUND, *ROLES), what="roles")
        elif not (isinstance(value, str) and COLOR.fullmatch(value)):
            yield name, f"{name} is no colour", f'write it as in `{name}: "#FFB000"`, with the quotes'


class Pair(NamedTuple):
    """
    What is drawn in one colour on another, and how well it is seen.

    Attributes
    ----------
    role, ground
        Their names.
    ratio
        The contrast, 1 to 21.
    wanted
        What it has to be.
    """

    role: str
    ground: str
    ratio: float
    wanted: float

    def __str__(self) -> str:
        down = int(self.ratio * 10) / 10  # 4.49 is not 4.5
        return f"'{self.role}' stands out by {down} : 1 from '{self.ground}', and not by {self.wanted:g} : 1"


def pairs(theme: Theme) -> tuple[Pair, ...]:
    """Return all text on all that it is set on, and lines on the ground."""
    texts = [role for role in ROLES if role not in NO_TEXT]
    both = [(role, ground, LEGIBLE) for role in texts for ground in (GROUND, "surface")]
    colors = _all(theme)
    return tuple(
        Pair(role, ground, contrast(colors[role], colors[ground]), wanted)
        for role, ground, wanted in (*both, ("text", "mark", LEGIBLE), ("line", GROUND, VISIBLE))
    )


def faint(theme: Theme) -> tuple[Pair, ...]:
    """Return what cannot be read, each role once, where it is the hardest."""
    found: dict[str, Pair] = {}
    for pair in sorted(pairs(theme), key=lambda pair: pair.ratio):
        if pair.ratio < pair.wanted == LEGIBLE:
            found.setdefault(pair.role, pair)
    return tuple(found.values())


def is_light(color: str) -> bool:
    """Return whether black reads better on a colour than white."""
    return _luminance(color) > 0.18


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    levels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


DARK = _built_in("dark")
