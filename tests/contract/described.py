"""What a name is, in a line of words: the same line as long as nothing has moved."""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
import textwrap
from collections.abc import Callable, Mapping
from ctypes import CDLL
from ctypes.util import find_library
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tests.contract.names import Name

__all__ = ["GONE", "code_of", "describe"]

GONE = "gone"
MISSING: Any = inspect.Parameter.empty
Sample = Callable[[str], Any]
PLAIN = (bool, int, float, str, type(None))


def describe(name: Name, sample: Sample) -> str:
    """
    Return what a name is now.

    Parameters
    ----------
    name
        Of a library's.
    sample
        Makes an object of the class at a path, for what objects have and their class has not.
    """
    try:
        return DESCRIBED[name.kind](name, sample)
    except Moved as moved:
        return str(moved)


class Moved(Exception):  # noqa: N818 - it is what one wants to know
    """A name is not to be found; the words say what there is instead."""


def _in_c(name: Name, _sample: Sample) -> str:
    return "function" if hasattr(CDLL(find_library(name.path)), name.member) else GONE


def _file(name: Name, _sample: Sample) -> str:
    spec = find_spec(name.path)
    folders = (spec.submodule_search_locations if spec else None) or ()
    is_there = any(Path(each, name.member).exists() for each in folders)
    return "file" if is_there or not sys.platform.startswith("linux") else GONE


def _in_python(name: Name, sample: Sample) -> str:
    owner = _found(name.path)
    if not name.member:
        return f"{_described(owner, followed=False)}{_number(owner)}"
    value = _member(owner, name, sample)
    if name.said:
        text = value if isinstance(value, str) else code_of(value)
        lost = [words for words in name.said if words not in text]
        return "has its words" if not lost else f"does not say {lost} any more"
    return _described(value, followed=name.followed)


DESCRIBED: Mapping[str, Callable[[Name, Sample], str]] = {"c": _in_c, "file": _file, "python": _in_python}


def code_of(function: Any) -> str:
    """Return a function's code, or a property's, without what makes no difference: notes to the reader, and types."""
    if isinstance(function, property):
        return "\n".join(code_of(each) for each in (function.fget, function.fset) if each)
    function = inspect.unwrap(getattr(function, "__func__", function))
    source = textwrap.dedent(inspect.getsource(function))
    return ast.unparse(_Bare(source).visit(ast.parse(source)))


class _Bare(ast.NodeTransformer):
    """Takes out docstrings and annotations, and leaves f-strings as they are written: each Python has its own way."""

    def __init__(self, source: str) -> None:
        self._source = source

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        if node.value is None:
            return None
        plain = ast.Assign([node.target], node.value)
        return self.generic_visit(ast.fix_missing_locations(ast.copy_location(plain, node)))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.Constant(ast.get_source_segment(self._source, node) or "")


def _found(path: str) -> Any:
    """Import as much of a path as is modules, and return what the rest leads to."""
    parts = path.split(".")
    try:
        found = import_module(parts[0])
        for place, part in enumerate(parts[1:], start=2):
            if not hasattr(found, part) and isinstance(found, ModuleType):
                import_module(".".join(parts[:place]))
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise Moved(f"{GONE}: {error}") from error
    return found


def _member(owner: Any, name: Name, sample: Sample) -> Any:
    """Return a member as it stands in its class or module, else as an object of the class has it."""
    value = inspect.getattr_static(owner, name.member, MISSING)
    if value is MISSING and inspect.isclass(owner):
        try:
            value = getattr(sample(name.path), name.member, MISSING)
        except Exception as error:  # whatever a library says to what is asked of it no longer
            reason = f"{type(error).__name__}: {error}"
            raise Moved(f"not to be seen: no {owner.__name__} can be made as before ({reason})") from error
    if value is MISSING:
        raise Moved(GONE)
    return value


def _described(value: Any, *, followed: bool) -> str:
    if inspect.isclass(value):
        return f"class({', '.join(base.__name__ for base in value.__bases__)})"
    if isinstance(value, ModuleType):
        return "module"
    if isinstance(value, property):
        return f"property{', can be set' if value.fset else ''}{_code(value) if followed else ''}"
    if isinstance(value, classmethod | staticmethod):
        return f"{type(value).__name__}{_parameters(value.__func__)}{_code(value) if followed else ''}"
    if inspect.isroutine(value):
        return f"function{_parameters(value)}{_code(value) if followed else ''}"
    return _kind(value) + (f", value {_short(repr(value))}" if followed else "")


def _code(value: Any) -> str:
    return f", code {_short(code_of(value))}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.dtype} array of {value.ndim} dimensions"
    return type(value).__qualname__


def _number(value: Any) -> str:
    return f" {value!r}" if isinstance(value, int | float) else ""


def _parameters(function: Any) -> str:
    """Return a function's parameters without their types; what is no plain default is called by its own type."""
    try:
        signature = inspect.signature(inspect.unwrap(function))
    except ValueError:  # one of C's, which does not tell
        return "(?)"
    bare = [
        each.replace(annotation=MISSING, default=_Shown(each.default) if each.default is not MISSING else MISSING)
        for each in signature.parameters.values()
    ]
    return str(signature.replace(parameters=bare, return_annotation=MISSING))


class _Shown:
    """A default, as it is shown."""

    def __init__(self, value: Any) -> None:
        self._shown = repr(value) if isinstance(value, PLAIN) else f"<{_kind(value)}>"

    def __repr__(self) -> str:
        return self._shown
