"""The settings that any section may have, from its slide block or the front matter; a kind has options of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deck.document.front_matter import FrontMatter, texts
from deck.document.section import Settings
from deck.document.yaml_lines import YamlBlock
from deck.errors import DocumentError, FaultList, Location

__all__ = ["KEYS", "settings_of"]

KEYS = ("pauses", "incremental", "ignore", "depends")
"""Keys of a slide block that are no options of its kind."""


def settings_of(block: YamlBlock | None, front: FrontMatter, path: Path, faults: FaultList) -> Settings:
    """Return a section's settings; what is wrong with them goes into ``faults``."""
    given = block.values if block else {}
    lines = block.lines if block else {}

    def fault(key: str, hint: str) -> None:
        faults.add(DocumentError(f"{key} cannot be this", hint=hint, where=Location(path, lines[key,])))

    pauses: object = given.get("pauses", front.pauses)
    if pauses not in ("wait", "play"):
        fault("pauses", "write `pauses: play` for one after each animation, or `pauses: wait`")
    incremental = given.get("incremental", front.incremental != "false")
    if not isinstance(incremental, bool):
        fault("incremental", "write `incremental: false` to show all items of a list at once")
    ignore = given.get("ignore", {})
    if not (isinstance(ignore, Mapping) and all(isinstance(reason, str) and reason for reason in ignore.values())):
        fault("ignore", "write the rules and why they are broken here, as in `ignore: {small-text: a screenshot}`")
        ignore = {}
    depends = texts(given.get("depends", []))
    if depends is None:
        fault("depends", "write the files that the section is made from, as in `depends: [data/*.csv, model.bin]`")
    own = dict.fromkeys(depends or (), lines.get(("depends",), 0))
    return Settings(
        pauses="play" if pauses == "play" else "wait",
        incremental=bool(incremental),
        ignore={str(rule): str(reason) for rule, reason in ignore.items()},
        depends={**dict.fromkeys(front.depends, front.lines.get("depends", 0)), **own},
    )
