from pathlib import Path
from typing import ClassVar

import pytest
from manim import RIGHT, ApplyMethod, Mobject, Square, Text, config

from deck.reveal import Reveal
from deck.slide import Slide
from tests.slides.rehearsal import rehearse


class Mover(Slide):
    followed: ClassVar[list[float]] = []

    def construct(self) -> None:
        square = Square()

        def follow(text: Mobject) -> None:
            text.next_to(square, RIGHT)
            self.followed.append(text.get_x())

        label = Text("follows").add_updater(follow)
        with self.reveal("move", title="Move", description="A square moves."):
            self.add(label)
            self.play(ApplyMethod(square.shift, 3 * RIGHT, run_time=40))
        with self.reveal("wait", title="Wait", description="A minute passes."):
            self.wait(60)


def test_a_rehearsal_runs_every_animation_to_its_end() -> None:
    seen: list[tuple[str, float, float]] = []

    def look(slide: Slide, reveal: Reveal) -> None:
        label, square = (shown for shown in slide.mobjects if shown.has_points() or len(shown))
        seen.append((reveal.id, round(square.get_x(), 6), round(label.get_left()[0] - square.get_right()[0], 6)))

    assert [reveal.id for reveal in rehearse(Mover, at_pause=look)] == ["move", "wait"]
    assert seen == [("move", 3, 0.25), ("wait", 3, 0.25)]


def test_a_rehearsal_leaves_no_file_and_no_setting_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = dict(config)
    rehearse(Mover)

    assert list(tmp_path.iterdir()) == []
    assert dict(config) == before


def test_a_rehearsal_draws_nothing_and_goes_through_no_frames() -> None:
    drawn: list[bool] = []

    def look(slide: Slide, _reveal: Reveal) -> None:
        drawn.append(bool(slide.renderer.get_frame()[..., :3].any()))

    Mover.followed.clear()
    rehearse(Mover, at_pause=look)

    assert drawn == [False, False]
    assert len(Mover.followed) < 100  # in 100 seconds of animation, so not frame by frame
