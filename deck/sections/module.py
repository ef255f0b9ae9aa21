"""The document's Python, run as one module whose lines are the document's."""

from __future__ import annotations

import ast
import builtins
import linecache
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from manim import Scene, config

from deck.adapters.manim import NO_FILE
from deck.adapters.manim_slides import Slide
from deck.document.scene_code import CodeBlock, Statement, after, parse, program
from deck.document.section import SceneCode
from deck.errors import Location, SlideError, words_of
from deck.fonts.typefaces import complete
from deck.sections.beside import import_from
from deck.sections.latex import install
from deck.sections.renamed import renamed

__all__ = ["MODULE", "run", "told"]

MODULE = "deck_document"
"""Under which name the document's Python can be found among the modules."""

PRELUDE = "from manim import *\nimport numpy as np\n"
"""What examples often leave out."""


def run(code: SceneCode, path: str) -> Any:
    """
    Return a scene's class.

    A statement that fails is let go, as long as the scene does not need it.

    Parameters
    ----------
    code
        Which scene, and the document's Python.
    path
        The document's, which tracebacks name.

    Raises
    ------
    SlideError
        If the scene's block is no Python, or its class could not be made.
    """
    _check(code, Path(path))
    module = ModuleType(MODULE)
    module.__file__ = path
    sys.modules[MODULE] = module
    source = "\n".join(_lines(code.blocks)) + "\n"
    linecache.cache[path] = (len(source), None, source.splitlines(keepends=True), path)
    install()
    complete()
    config.assets_dir = str(Path(path).parent)  # where manim looks after the working folder
    exec(PRELUDE, module.__dict__)  # noqa: S102 - a constant
    import_from(Path(path).parent)
    config.dry_run = True  # else a scene that is only made has folders for its films
    lost = _Lost()
    setattr(module, LOST, lost)
    with _unrendered():
        made = _run_all(code, path, module, lost)
    if error := lost.names.get(code.name):
        raise told(error, code, Path(path)) from error
    return made


def _run_all(code: SceneCode, path: str, module: ModuleType, lost: _Lost) -> Any:
    """Run what a scene stands on, and return its class; a later block gives no name another meaning."""
    late = after(code.blocks, code.line)
    there: set[str] | None = None
    flags, made = 0, None
    for statement in program(code.blocks, code.line):
        if statement.node.lineno > late:
            there = there or set(module.__dict__) | set(dir(builtins))
            if statement.lasting & there:
                continue
        flags |= _future(statement)
        try:
            _execute(statement, path, module, flags)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - the document's code may raise anything
            lost.add(statement, error)
        if statement.node.lineno == code.line:
            made = module.__dict__.get(code.name)
    return made


@contextmanager
def _unrendered() -> Iterator[None]:
    """Let the document's own calls of ``render`` do nothing: it is for `deck` to render its scenes."""
    kept = {kind: kind.__dict__["render"] for kind in (Scene, Slide)}
    try:
        for kind in kept:
            kind.render = lambda *_args, **_kwargs: False  # type: ignore[method-assign]
        yield
    finally:
        for kind, render in kept.items():
            kind.render = render  # type: ignore[method-assign]


LOST = "__lost__"
"""The module's own note of what has failed while it was run."""


@dataclass(slots=True)
class _Lost:
    """Names that could not be given a meaning, and why; and imports with a star that have failed, with their lines."""

    names: dict[str, BaseException] = field(default_factory=dict)
    stars: list[tuple[int, BaseException]] = field(default_factory=list)

    def add(self, statement: Statement, error: BaseException) -> None:
        """Note a statement that has failed."""
        self.names |= dict.fromkeys(statement.defined, error)
        if isinstance(statement.node, ast.ImportFrom) and not statement.defined:
            self.stars.append((statement.node.lineno, error))

    def why(self, name: str, line: int) -> str:
        """Return why a name is missing on a line, as far as one can tell; the last import above it is the nearest."""
        if error := self.names.get(name):
            return f"what defines it has failed: {_reason(error)}"
        above = [(at, error) for at, error in self.stars if at <= line]
        if not above:
            return ""
        at, error = above[-1]
        return renamed(error, "") or f"the import with a star on line {at} has failed: {_reason(error)}"


def told(error: BaseException, code: SceneCode, path: Path) -> SlideError:
    """
    Return what to tell of an error in a scene, at the innermost line of the document.

    The error's traceback is cut down to the frames in the document.
    """
    _cut_down(error, str(path))
    line = _last_line(error.__traceback__) or code.line
    kind = type(error).__name__
    words = words_of(error)
    if missing := NO_FILE.fullmatch(words):
        words = f"there is no file '{missing['name']}'"
    said = f"{words} ({kind})" if words else f"{kind} at `{linecache.getline(str(path), line).strip()}`"
    message = f"scene '{code.name}' fails: {said}"
    hint = renamed(error, linecache.getline(str(path), line)) or _hint(error, words, line)
    return SlideError(message, hint=hint, where=Location(path, line))


def _hint(error: BaseException, words: str, line: int) -> str:
    """Say what is to be done about a scene's error."""
    if isinstance(error, ModuleNotFoundError):
        return f"install {error.name}, or put {error.name}.py beside the document"
    if isinstance(error, NameError):
        lost = getattr(sys.modules.get(MODULE), LOST, _Lost())
        return lost.why(error.name or "", line) or "define or import it in a block of Python in the document"
    if isinstance(error, OSError):
        return "files are looked for in the working folder, and for manim's pictures also beside the document"
    if "OpenGL" in words:
        return "what is made for OpenGL cannot be drawn here; manim has the same without OpenGL in its name"
    return "the scene's own traceback is shown with -v"


def _check(code: SceneCode, path: Path) -> None:
    """Find out whether the scene's block is Python."""
    block = next(block for block in reversed(code.blocks) if block.line < code.line)
    try:
        parse(block)
    except SyntaxError as error:
        raise SlideError(
            f"scene '{code.name}' is no Python: {error.msg}",
            hint="mend the line, or leave `python` out at the top of the block to have it shown as it is",
            where=Location(path, error.lineno or code.line),
        ) from None


def _lines(blocks: Sequence[CodeBlock]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += [""] * (block.line - len(lines)) + block.code.splitlines()
    return lines


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {words_of(error)}"


def _execute(statement: Statement, path: str, module: ModuleType, flags: int) -> None:
    tree = ast.Module(body=[statement.node], type_ignores=[])
    exec(compile(tree, path, "exec", flags, dont_inherit=True), module.__dict__)  # noqa: S102 - trust allows it


def _future(statement: Statement) -> int:
    """Return the flags of ``from __future__ import ...``, which hold for what follows."""
    import __future__

    node = statement.node
    if not isinstance(node, ast.ImportFrom) or node.module != "__future__":
        return 0
    return sum(getattr(__future__, alias.name).compiler_flag for alias in node.names if hasattr(__future__, alias.name))


def _cut_down(error: BaseException | None, path: str) -> None:
    """Leave only the document's frames in the tracebacks of an error, and of what it came from."""
    while error is not None:
        error.__traceback__ = _own(error.__traceback__, path)
        error = error.__cause__ or error.__context__


def _own(trace: TracebackType | None, path: str) -> TracebackType | None:
    """Return a traceback without the frames that are not the document's."""
    frames = []
    while trace is not None:
        frames.append(trace)
        trace = trace.tb_next
    kept: TracebackType | None = None
    for frame in reversed(frames):
        if frame.tb_frame.f_code.co_filename == path:
            kept = TracebackType(kept, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return kept


def _last_line(trace: TracebackType | None) -> int:
    line = 0
    while trace:
        line, trace = trace.tb_lineno, trace.tb_next
    return line
