"""The libraries that are installed are as deck knows their insides, and whatever it uses of these is known."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator

import manim
import pytest

from deck.capture.shortcuts import shortcuts
from tests.contract.names import ADAPTERS, ROOT, names

OURS = ("deck", "slides")
LIBRARIES = ("manim", "manim_slides", "ziamath", "ziafont")
PATCHED = (manim.ImageMobject, manim.Mobject, manim.VMobject)


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_no_name_of_the_library_has_moved(adapter: str) -> None:
    """In a process of its own: deck replaces some of them, and Qt's program is there once."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.contract", adapter]

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)

    assert done.returncode == 0, done.stdout or done.stderr


def known() -> set[str]:
    """Return the last parts of all names."""
    return {name.label.rpartition(".")[2] for adapter in ADAPTERS for name in names(adapter)}


def classes() -> Iterator[type]:
    """Yield the classes of ours that stand on a library's."""
    for package in OURS:
        for file in sorted((ROOT / package).rglob("*.py")):
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if re.search(r"^class ", file.read_text("utf-8"), re.MULTILINE) and module != "deck.process.preload_manim":
                found = vars(importlib.import_module(module)).values()
                yield from (each for each in found if inspect.isclass(each) and each.__module__ == module)


def written(own: type) -> Iterator[str]:
    """Yield the names that a class gives itself, for some are given to it by its library."""
    [tree] = ast.parse(textwrap.dedent(inspect.getsource(own))).body
    assert isinstance(tree, ast.ClassDef)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign):
            yield ast.unparse(node.target)
        elif isinstance(node, ast.Assign):
            yield from (ast.unparse(target) for target in node.targets)


def test_every_name_that_is_overridden_is_known() -> None:
    listed = known()
    missing = set()
    for own in classes():
        bases = [base for base in own.__mro__[1:] if base.__module__.partition(".")[0] in LIBRARIES]
        overridden = {name for name in written(own) for base in bases if name in vars(base)}
        missing |= {f"{own.__module__}.{own.__name__}.{name}" for name in overridden - listed - {"__init__"}}

    assert missing == set()


def test_every_name_that_is_replaced_while_a_slide_is_recorded_is_known() -> None:
    before = {kind: dict(vars(kind)) for kind in PATCHED}

    with shortcuts():
        replaced = {
            f"manim.{kind.__name__}.{name}"
            for kind in PATCHED
            for name in vars(kind)
            if vars(kind)[name] is not before[kind].get(name)
        }

    assert replaced
    assert replaced <= {name.label for name in names("manim") if name.followed}


def test_nobody_but_an_adapter_uses_private_names() -> None:
    """Of what ruff can see; where somebody asks Python itself who called, there is no other way."""
    asked = re.compile(r"^.*noqa: SLF001.*$", re.MULTILINE)
    found = {
        str(file.relative_to(ROOT))
        for package in OURS
        for file in (ROOT / package).rglob("*.py")
        for line in asked.findall(file.read_text("utf-8"))
        if "sys._getframe" not in line
    }

    assert found <= {f"deck/adapters/{adapter}.py" for adapter in ADAPTERS}
