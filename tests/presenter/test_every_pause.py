"""The whole deck, stepped with real keys; what the screen shows is compared with the picture of each pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.presenter.conftest import Lecture


def test_the_window_opens_on_the_first_pause(lecture: Lecture) -> None:
    assert lecture.window.windowTitle() == lecture.title
    assert lecture.state == (*lecture.pauses[0], False)
    assert lecture.shows(0)


def test_no_pause_looks_like_the_one_before(lecture: Lecture) -> None:
    for index in range(1, len(lecture.pauses)):
        lecture.press("Right", "Right")

        assert not lecture.shows(index - 1), f"nothing here could tell pause {index} from the one before"


def test_right_plays_to_each_pause(lecture: Lecture) -> None:
    frames = lecture.record()
    for index, pause in enumerate(lecture.pauses[1:], start=1):
        lecture.press("Right")
        assert lecture.state == (*pause, True)

        lecture.finish()

        assert lecture.state == (*pause, False)
        assert lecture.shows_clip()
        assert lecture.shows(index), f"{pause} ends {lecture.strays(index):.0f} levels from its picture"
    assert all(frame.isValid() for frame in frames), "the screen was black between two clips"


def test_page_up_goes_back_without_playing(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(pause=-1)
    for index in reversed(range(len(lecture.pauses) - 1)):
        lecture.press("PgUp")

        assert lecture.state == (*lecture.pauses[index], False)
        assert lecture.shows(index)


def test_v_plays_back_to_each_pause(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(pause=-1)
    for index in reversed(range(len(lecture.pauses) - 1)):
        frames = lecture.record()
        lecture.press("V")
        assert lecture.state == (*lecture.pauses[index], True)

        lecture.finish()

        assert lecture.strays(index + 1, frames[0]) < lecture.strays(index + 1, frames[-2])
        assert lecture.state == (*lecture.pauses[index], False)
        assert lecture.shows(index)


def test_the_speaker_reads_the_notes_of_each_pause(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(screens=2)
    info = lecture.window.info
    assert (info.screen().name(), lecture.window.screen().name()) == ("desk", "hall")
    assert info.windowTitle() == f"{lecture.title} – speaker"
    for notes, next_clip in zip(lecture.notes, [*lecture.clips[1:], None], strict=True):
        assert notes
        assert info.slide_notes.isVisible()
        assert info.slide_notes.text() == notes
        assert info.next_video_widget.isVisible() == (next_clip is not None)
        if next_clip:
            assert lecture.comes_next() == str(next_clip.file)

        lecture.press("Right", "Right", on=info)


def test_after_v_the_speaker_sees_the_same_reveal_come_next(open_lecture: Callable[..., Lecture]) -> None:
    lecture = open_lecture(screens=2, pause=-1)

    lecture.press("V")

    assert lecture.comes_next() == str(lecture.clips[-1].file)
    assert lecture.window.info.slide_notes.text() == lecture.notes[-2]


def test_one_screen_has_no_speaker_window(lecture: Lecture) -> None:
    assert not lecture.window.info.isVisible()
    assert lecture.comes_next() == ""
