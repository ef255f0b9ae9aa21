"""What each key does, from the middle of the deck and at its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deck.present.window import COMMANDS, help_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.presenter.conftest import Lecture


@pytest.mark.parametrize("key", ["Right", "Down", "Space", "PgDown", "N"])
def test_next(lecture: Lecture, key: str) -> None:
    lecture.press(key)
    assert lecture.state == (*lecture.pauses[1], True)

    lecture.press(key)
    assert lecture.state == (*lecture.pauses[1], False)
    assert lecture.shows(1)
    assert not lecture.window.media_player.isPlaying()

    lecture.press(key)
    assert lecture.state == (*lecture.pauses[2], True)


@pytest.mark.parametrize("key", ["Left", "Up", "Shift+Space", "PgUp", "P"])
def test_back(open_lecture: Callable[..., Lecture], key: str) -> None:
    lecture = open_lecture(pause=2)

    lecture.press(key)

    assert lecture.state == (*lecture.pauses[1], False)
    assert lecture.shows(1)


def test_home_and_end(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(pause=1)

    lecture.press("End")
    assert lecture.state == (*lecture.pauses[-1], False)
    assert lecture.shows(-1)

    lecture.press("Home")
    assert lecture.state == (*lecture.pauses[0], False)
    assert lecture.shows(0)


@pytest.mark.parametrize(("pause", "keys"), [(0, ["Left", "V", "V"]), (-1, ["Right", "Right"])])
def test_nothing_lies_beyond_the_ends(open_lecture: Callable[..., Lecture], pause: int, keys: list[str]) -> None:
    lecture = open_lecture(pause=pause)

    lecture.press(*keys)
    lecture.rest()

    assert lecture.state == (*lecture.pauses[pause], False)
    assert lecture.shows(pause)


def test_v_on_the_first_pause_does_not_stick(lecture: Lecture) -> None:
    lecture.press("V", "Right")

    assert lecture.state == (*lecture.pauses[1], True)


def test_quick_presses_are_all_counted(lecture: Lecture) -> None:
    lecture.press(*["PgDown"] * 5)
    assert lecture.state == (*lecture.pauses[3], True)

    lecture.press("PgDown", "PgUp", "PgUp")
    lecture.rest()

    assert lecture.state == (*lecture.pauses[1], False)
    assert lecture.shows(1)


def test_a_key_held_down_counts_once(lecture: Lecture) -> None:
    from PySide6.QtCore import Qt

    lecture.hold(Qt.Key.Key_Right)

    assert lecture.state == (*lecture.pauses[1], True)


@pytest.mark.parametrize("key", ["Ctrl+P", "Alt+Left", "X", "Ctrl+Right"])
def test_other_keys_do_nothing(open_lecture: Callable[..., Lecture], key: str) -> None:
    lecture = open_lecture(pause=1)

    lecture.press(key)

    assert lecture.state == (*lecture.pauses[1], False)


@pytest.mark.parametrize("back", ["B", ".", "Right", "Left", "Home", "R"])
@pytest.mark.parametrize("key", ["B", "."])
def test_the_black_screen_hides_and_gives_back_the_slide(
    open_lecture: Callable[..., Lecture], key: str, back: str
) -> None:
    lecture = open_lecture(pause=1)

    lecture.press(key)
    assert not lecture.window.video_widget.isVisible()
    assert lecture.looks_black()

    lecture.press(back)
    assert lecture.window.video_widget.isVisible()
    assert lecture.state == (*lecture.pauses[1], False)
    assert lecture.shows(1)


def test_full_screen(lecture: Lecture) -> None:
    shown = []
    for key in ["F", "F", "F5", "F5", "Esc", "Esc"]:
        lecture.press(key)
        shown.append(lecture.window.isFullScreen())

    assert shown == [True, False, True, True, False, False]
    assert lecture.window.isVisible()


def test_h_hides_the_mouse(lecture: Lecture) -> None:
    usual = lecture.window.cursor().shape()

    lecture.press("H")
    assert lecture.window.cursor().shape() != usual

    lecture.press("H")
    assert lecture.window.cursor().shape() == usual


@pytest.mark.parametrize("back", ["?", "Esc", "Space"])
def test_the_help_lists_every_key(lecture: Lecture, back: str) -> None:
    lecture.press("?")
    assert lecture.window.help.isVisible()
    assert lecture.window.help.text() == help_page()

    lecture.press(back)
    assert lecture.window.video_widget.isVisible()
    assert lecture.state == (*lecture.pauses[0], False)


def test_the_help_names_what_every_command_does() -> None:
    for command in COMMANDS:
        assert f">&nbsp;&nbsp;&nbsp;{command.does}<" in help_page()


def test_q_closes_both_windows(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(screens=2)

    lecture.press("Q")

    assert not lecture.window.isVisible()
    assert not lecture.window.info.isVisible()


@pytest.mark.parametrize(("width", "window"), [(854, (854, 480)), (1920, (1280, 720))])
def test_the_window_has_the_size_of_a_frame_where_the_screen_has(
    open_lecture: Callable[..., Lecture], width: int, window: tuple[int, int]
) -> None:
    lecture = open_lecture(width=width)

    assert lecture.window.size().toTuple() == window
