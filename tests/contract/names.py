"""What an adapter says that deck uses, read from its text: a library that has moved may not let it be imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

__all__ = ["ADAPTERS", "ROOT", "Name", "names"]

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deck" / "adapters"
ADAPTERS = sorted(file.stem for file in FOLDER.glob("[a-z]*.py"))


@dataclass(frozen=True, slots=True)
class Name:
    """
    A name of a library's.

    Attributes
    ----------
    label
        As the adapter calls it, such as ``Camera.reset``.
    path
        Where it comes from, such as ``manim.camera.camera.Camera``; what is behind the last module is an attribute.
    member
        Which member of that, if it is one.
    followed
        Whether its code counts.
    said
        The words that its code has to have, or what it writes, if that is what counts.
    kind
        Of what it is a name: of something in Python, a function in C or a file.
    """

    label: str
    path: str
    member: str = ""
    followed: bool = False
    said: tuple[str, ...] = ()
    kind: Literal["python", "c", "file"] = "python"


def names(adapter: str) -> list[Name]:
    """Return the names of an adapter, each once; one whose code counts is not asked for again without it."""
    tree = ast.parse((FOLDER / f"{adapter}.py").read_text("utf-8"))
    imported = dict(_imported(tree))
    tables = _tables(tree)
    found = [Name(label, path) for label, path in imported.items()]
    for table in ("FOLLOWED", "USED"):
        for key, members in tables.get(table, {}).items():
            path = imported.get(key, key)
            found += [Name(f"{key}.{member}", path, member, table == "FOLLOWED") for member in members.split()]
    for key, words in tables.get("SAID", {}).items():
        path, _, member = key.rpartition(".")
        found.append(Name(key, path, member, said=words))
    for key, members in tables.get("IN_C", {}).items():
        found += [Name(f"{key} {member}", key, member, kind="c") for member in members.split()]
    for key, members in tables.get("FILES", {}).items():
        found += [Name(f"{key}/{member}", key, member, kind="file") for member in members.split()]
    return list({each.label: each for each in reversed(found)}.values())[::-1]


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that are imported of libraries, and where from."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] not in sys.stdlib_module_names:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def _tables(tree: ast.Module) -> dict[str, dict[str, Any]]:
    """Return the module's constants: whatever can be had without importing anything."""
    found: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            [target] = node.targets if isinstance(node, ast.Assign) else [node.target]
            code = compile(ast.Expression(node.value), "<adapter>", "eval")
            with suppress(NameError):
                found[ast.unparse(target)] = eval(code, {**found})  # noqa: S307 - it is our own
    return found
