"""What is said of names: nothing as long as nothing has moved, and everything at once if it has."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contract.described import describe
from tests.contract.names import ADAPTERS, Name, names
from tests.contract.notes import moved, noted

LIBRARY = '''
class Camera:
    """Sees."""

    def reset(self, color: str = "black") -> None:
        """Start anew."""
        self.color: str = color

    def __init__(self):
        self.frame = 1.0
'''

Library = Callable[[str], dict[str, str]]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """Write a library, and return what its names are."""
    monkeypatch.syspath_prepend(tmp_path)
    made: list[str] = []

    def described(text: str) -> dict[str, str]:
        module = f"camera_library_{len(made)}"
        made.append(module)
        (tmp_path / f"{module}.py").write_text(text)

        def sample(path: str) -> Any:
            return getattr(sys.modules[module], path.rpartition(".")[2])()

        path = f"{module}.Camera"
        wanted = [
            Name("Camera", path),
            Name("Camera.reset", path, "reset", followed=True),
            Name("Camera.frame", path, "frame"),
        ]
        return {name.label: describe(name, sample) for name in wanted}

    yield described
    for module in made:
        sys.modules.pop(module, None)


def test_what_a_name_is_is_told_in_words(library: Library) -> None:
    found = library(LIBRARY)

    assert found["Camera"] == "class(object)"
    assert found["Camera.reset"].startswith("function(self, color='black'), code ")
    assert found["Camera.frame"] == "float"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Start anew.", "Begin again."),
        ('        """Start anew."""\n', ""),
        (": str = color", " = color  # as it was"),
        (") -> None:", "):"),
    ],
)
def test_what_a_reader_is_told_makes_no_difference(library: Library, old: str, new: str) -> None:
    assert moved(library(LIBRARY), library(LIBRARY.replace(old, new))) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("self.color: str = color", "self.colour = color", "Camera.reset: what stands in it is not what it was"),
        ('str = "black"', 'str = "white"', "Camera.reset: function(self, color='white'), code "),
        ("def reset", "def clear", "Camera.reset: gone; was function(self, color='black'), code "),
        ("1.0", "None", "Camera.frame: NoneType; was float"),
        ("self.frame", "self.window", "Camera.frame: gone; was float"),
        ("(self):", "(self, size):", "Camera.frame: not to be seen: no Camera can be made as before (TypeError: "),
        ("class Camera:", "class Camera(dict):", "Camera: class(dict); was class(object)"),
    ],
)
def test_what_has_moved_is_told(library: Library, old: str, new: str, told: str) -> None:
    [line] = moved(library(LIBRARY), library(LIBRARY.replace(old, new)))

    assert line.startswith(told)


def test_all_that_has_moved_is_told_at_once(library: Library) -> None:
    lines = moved(library(LIBRARY), library("class Film:\n    pass\n"))

    assert [line.partition(":")[0] for line in lines] == ["Camera", "Camera.reset", "Camera.frame"]


def test_a_name_without_a_note_is_told_and_a_note_without_a_name() -> None:
    assert moved({"one": "class()"}, {"other": "class()"}) == [
        "other: not noted; python -m tests.contract --write does so",
        "one: noted, and not used",
    ]


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_each_name_is_noted_as_something_that_is_there(adapter: str) -> None:
    notes = noted(adapter)

    assert list(notes) == [name.label for name in names(adapter)]
    assert not [label for label, text in notes.items() if text.startswith(("gone", "not to be seen", "does not"))]
