"""Opening the window, and what is said where it cannot open."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deck.errors import DeckError
from deck.present import DEBIAN_PACKAGES, find_pause, present
from tests.presenter.conftest import PATIENCE, TICK

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.build.films import Studio
    from deck.present.window import State
    from tests.presenter.conftest import Lecture

ROOT = Path(__file__).parents[2]
CHECK = """
from deck.errors import MissingError
from deck.present import require_display, require_qt
try:
    require_qt()
    require_display()
except MissingError as error:
    print(f"{error}|{error.hint}")
"""
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")


def check(*, path: Path | None = None, **environment: str) -> list[str]:
    """Return the message and the hint from a new process; ``path`` takes the place of what is installed."""
    clean = {key: value for key, value in os.environ.items() if "DISPLAY" not in key and not key.startswith("QT_")}
    places = {} if path is None else {"PYTHONPATH": f"{path}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, *(["-S"] if path else []), "-c", CHECK],
        env=clean | environment | places,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stderr == ""
    return done.stdout.strip().split("|")


def test_a_machine_without_pyside(tmp_path: Path) -> None:
    for place in (Path(entry) for entry in sys.path if entry.endswith("site-packages")):
        for installed in place.iterdir():
            if not installed.name.lower().startswith(("pyside6", "shiboken6")):
                (tmp_path / installed.name).symlink_to(installed)

    message, hint = check(path=tmp_path)

    assert message == "PySide6, which draws the window, is not installed"
    assert hint == "run 'make present', or: pip install 'feature-map-deck[qt]'"


@linux_only
def test_a_machine_without_a_library_of_qt(tmp_path: Path) -> None:
    (tmp_path / "libpulse.so.0").touch()

    message, hint = check(LD_LIBRARY_PATH=str(tmp_path))

    assert message == "Qt cannot load the system library libpulse.so.0"
    assert DEBIAN_PACKAGES in hint


@linux_only
def test_a_machine_without_a_display() -> None:
    message, hint = check()

    assert message == "there is no display to open a window on"
    assert "'deck build'" in hint


@linux_only
def test_a_display_that_refuses() -> None:
    message, _ = check(DISPLAY=":987")

    no_x = "Qt cannot load the system library libx"  # which these tests do without
    assert message == "the display ':987' refuses a window" or message.startswith(no_x)


def test_qt_is_not_imported_before_it_is_needed() -> None:
    program = "import deck.present, sys; print({'qtpy', 'PySide6', 'manim'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.strip() == "set()"


def test_a_pause_has_the_name_of_its_slide_or_of_both(deck: Deck) -> None:
    last = deck.slides[-1]
    before = sum(len(slide.reveals) for slide in deck.slides[:-1])

    assert find_pause(deck, None) == 0
    assert find_pause(deck, last.id) == before
    assert find_pause(deck, f"{last.id}/{last.reveals[-1].id}") == before + len(last.reveals) - 1


def test_an_unknown_pause_is_named_with_the_nearest(deck: Deck, studio: Studio) -> None:
    known = f"{deck.slides[0].id}/{deck.slides[0].reveals[0].id}"

    with pytest.raises(DeckError, match=f"the deck has no pause '{known}x'") as caught:
        present(deck, studio, start=f"{known}x")

    assert caught.value.hint == f"did you mean '{known}'?"


def test_present_shows_the_deck_until_its_window_is_closed(deck: Deck, studio: Studio, lecture: Lecture) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from deck.present.window import Window

    start = f"{deck.slides[-1].id}/{deck.slides[-1].reveals[-1].id}"
    seen: list[tuple[State, bool, bool]] = []
    lecture.window.close()

    def look() -> None:
        """Close the window once it fills the screen, or after a while."""
        windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, Window) and each.isVisible()]
        for window in windows:
            if window.isFullScreen() or next(turns) == PATIENCE:
                seen.append((window.state(), window.isFullScreen(), window.info.isVisible()))
                lecture.press("Q", on=window)
                ticks.stop()

    ticks, turns = QTimer(), count()
    ticks.timeout.connect(look)
    ticks.start(TICK)
    handler = signal.getsignal(signal.SIGINT)
    code = present(deck, studio, full_screen=True, start=start)()

    assert code == 0
    assert seen == [((*lecture.pauses[-1], False), True, True)]
    assert signal.getsignal(signal.SIGINT) == handler
