"""What installed packages add to deck, by entry point: kinds of slide, rules, formats."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from deck.errors import SlideError
from deck.identifiers import nearest

__all__ = ["FORMATS", "KINDS", "RULES", "load", "names", "refused"]

KINDS, RULES, FORMATS = "deck.slides", "deck.rules", "deck.formats"
"""The groups of entry points."""


def names(group: str) -> list[str]:
    """Return what packages offer in a group, sorted."""
    return sorted(entry_points(group=group).names)


def load(group: str, name: str, *, what: str) -> object:
    """
    Return what a package offers under a name.

    Parameters
    ----------
    group, name
        Of the entry point.
    what
        What such a thing is called, as in "slide kind"; with an "s", its last word is the plural.

    Raises
    ------
    SlideError
        If no package offers it, or more than one, or the package cannot load it.
    """
    offers = list(entry_points(group=group, name=name))
    if not offers:
        raise SlideError(f"no {what} '{name}'", hint=nearest(name, names(group), what=f"{what.rpartition(' ')[2]}s"))
    packages = sorted({_package(offer) for offer in offers})
    if len(packages) > 1:
        raise SlideError(
            f"the {what} '{name}' is in more than one package: {', '.join(packages)}",
            hint=f"uninstall {' or '.join(packages)}",
        )
    try:
        return offers[0].load()
    except Exception as error:  # another package's code may raise anything
        raise SlideError(
            f"package {packages[0]} cannot load its {what} '{name}': {type(error).__name__}: {error}",
            hint=f"reinstall {packages[0]}, or tell its authors",
        ) from error


def refused(group: str, name: str, *, what: str, wanted: str) -> SlideError:
    """Return the error for what a package offers in a group if that is not what the group is for."""
    (offer,) = set(entry_points(group=group, name=name))
    return SlideError(
        f"package {_package(offer)} offers '{offer.value}' as {what} '{name}', which is no {wanted}",
        hint=f"an entry point in the group {group} names a {wanted}",
    )


def _package(offer: EntryPoint) -> str:
    return offer.dist.name if offer.dist else offer.module
