"""What names were when deck was made to fit them: one file for each adapter, one line for each name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["moved", "noted", "write"]

CODE = (", code ", ", value ")


def noted(adapter: str) -> dict[str, str]:
    """Return what the names of an adapter were."""
    file = _file(adapter)
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return dict(line.split(": ", 1) for line in lines)


def write(adapter: str, now: Mapping[str, str]) -> None:
    """Note what they are."""
    _file(adapter).write_text("".join(f"{label}: {text}\n" for label, text in now.items()), "utf-8")


def moved(was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return a line for each name that is not what it was."""
    return [*_moved(was, now), *(f"{label}: noted, and not used" for label in was if label not in now)]


def _moved(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for label, text in now.items():
        before = was.get(label)
        if before is None:
            yield f"{label}: not noted; python -m tests.contract --write does so"
        elif text != before and any(_alike(text, before, mark) for mark in CODE):
            yield f"{label}: what stands in it is not what it was"
        elif text != before:
            yield f"{label}: {text}; was {before}"


def _alike(text: str, before: str, mark: str) -> bool:
    """Return whether two descriptions differ in nothing but what stands in the thing."""
    return mark in text and text.partition(mark)[0] == before.partition(mark)[0]


def _file(adapter: str) -> Path:
    return Path(__file__).with_name(f"{adapter}.txt")
