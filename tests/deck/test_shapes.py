"""Slides of other shapes than 16:9: recorded, pictured, filmed and checked."""

from __future__ import annotations

import io
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from deck import document
from deck.build import Deck, build
from deck.build.films import Studio
from deck.build.quality import QUALITIES
from deck.check.rules import rules
from deck.check.talk import talk_of
from deck.cli import main
from deck.document import parse
from deck.document.outline import outline
from deck.frames import FRAMES, WIDE, Frame, frame_of
from deck.recording.timeline import GRID_WIDTH, UNITS, TextBox
from deck.render.raster import Raster
from tests.shaped import RATIOS, corners_of, first_picture, shaped_deck

pytestmark = pytest.mark.xdist_group("shapes")

PIXELS = {
    "draft": {"16:9": (854, 480), "16:10": (768, 480), "4:3": (640, 480), "9:16": (480, 854)},
    "hd": {"16:9": (1280, 720), "16:10": (1152, 720), "4:3": (960, 720), "9:16": (720, 1280)},
    "full": {"16:9": (1920, 1080), "16:10": (1728, 1080), "4:3": (1440, 1080), "9:16": (1080, 1920)},
}


@pytest.fixture(scope="module", params=RATIOS)
def ratio(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def frame(ratio: str) -> Frame:
    return FRAMES[ratio]


@pytest.fixture(scope="module")
def deck(ratio: str, tmp_path_factory: pytest.TempPathFactory) -> Deck:
    return shaped_deck(ratio, tmp_path_factory.mktemp("deck"))


def texts(deck: Deck) -> list[TextBox]:
    """Return all texts that deck itself has set."""
    return [text for slide in deck.slides[:2] for reveal in slide.recording.reveals for text in reveal.texts]


def test_a_frame_is_as_high_as_its_ratio_says_and_even(ratio: str, frame: Frame) -> None:
    across, down = RATIOS[ratio]

    assert frame.height / GRID_WIDTH == pytest.approx(down / across, rel=1 / 3000)
    assert frame.height % 2 == 0
    assert frame_of(frame.height) is frame
    assert frame_of(777) is WIDE


def test_every_recording_has_the_shape(deck: Deck, frame: Frame) -> None:
    assert {(slide.recording.width, slide.recording.height) for slide in deck.slides} == {(GRID_WIDTH, frame.height)}


def test_text_stays_within_the_frame_and_is_large(deck: Deck, frame: Frame) -> None:
    right, bottom = GRID_WIDTH * UNITS / 2, frame.height * UNITS / 2

    for text in texts(deck):
        assert -0.95 * right < text.box[0] < text.box[2] < 0.95 * right
        assert -0.97 * bottom < text.box[1] < text.box[3] < 0.97 * bottom
        assert text.size >= 24


def test_text_is_twice_as_large_where_it_is_read_on_a_phone(deck: Deck, frame: Frame) -> None:
    sizes = {text.size: text.box[3] - text.box[1] for text in texts(deck) if text.role == "item"}

    for size, high in sizes.items():
        assert high / size == pytest.approx(frame.zoom * 1.22 * 1.875 * UNITS, rel=0.05)


def test_a_longer_title_has_more_lines_upright(deck: Deck, frame: Frame) -> None:
    titles = [text for text in deck.slides[1].recording.reveals[0].texts if text.role == "title"]

    assert (len(titles) > 1) is frame.is_upright
    assert all(text.size > 39 for text in titles)


def test_a_scene_sees_its_frame_and_fills_it(deck: Deck) -> None:
    raster = Raster(deck.slides[2].recording, 640)

    assert corners_of(raster.frame(0)).max() < 3


SIZES = """\
---
aspect-ratio: {ratio}
title-slide: false
---

## At the edges

```python
WIDE, HIGH = config.frame_width, config.frame_height

class Edges(MovingCameraScene):
    def construct(self):
        assert (WIDE, HIGH) == (config.frame_width, config.frame_height)
        assert abs(self.camera.frame.width - WIDE) + abs(self.camera.frame.height - HIGH) < 0.01
        self.add(Text(f"{{WIDE:.2f}} {{HIGH:.2f}}", font_size=24).to_edge(UP), NumberPlane(), Axes())
        self.wait()
```
"""


@pytest.mark.parametrize(
    ("ratio", "size"), [("16:9", "14.22 8.00"), ("16:10", "14.22 8.89"), ("4:3", "14.22 10.67"), ("9:16", "4.50 8.00")]
)
def test_a_scene_is_told_the_truth_about_its_frame(ratio: str, size: str, tmp_path: Path) -> None:
    deck = shaped_deck(ratio, tmp_path, SIZES)
    recording = deck.slides[0].recording
    [text] = recording.reveals[0].texts
    picture = Raster(recording, 640).frame(0)

    assert text.text == size
    assert text.size >= 24
    assert text.box[1] / UNITS == pytest.approx(
        -recording.height / 2 + 0.5 * GRID_WIDTH / float(size.split(maxsplit=1)[0]), abs=3
    )
    lines = np.flatnonzero(picture[:, 3:9].max(axis=(1, 2)) > 40)  # of the plane, from one side to the other
    assert lines[0] < 0.13 * len(picture)
    assert lines[-1] > 0.87 * len(picture)
    assert {finding.rule for finding in rules()["off-frame"].broken(talk_of(deck))} == set()


CUT = """\
---
aspect-ratio: {ratio}
title-slide: false
---

## Beyond

```python
class Beyond(Scene):
    def construct(self):
        self.add(Square(), Circle().shift(4.2 * UP), Dot().shift(2 * LEFT))
        self.wait()
```
"""


@pytest.mark.parametrize(("ratio", "hint"), [("16:9", "14.2 by 8"), ("16:10", "14.2 by 8.89"), ("9:16", "4.5 by 8")])
def test_what_is_cut_off_is_told_with_the_frames_own_size(ratio: str, hint: str, tmp_path: Path) -> None:
    [finding] = rules()["off-frame"].broken(talk_of(shaped_deck(ratio, tmp_path, CUT)))

    assert finding.sentence == "a red shape is cut off at the top of the frame"
    assert finding.hint == f"move it in, or make it smaller: the frame is {hint} of manim's lengths"


def test_what_a_higher_frame_holds_is_not_cut_off(tmp_path: Path) -> None:
    assert not list(rules()["off-frame"].broken(talk_of(shaped_deck("4:3", tmp_path, CUT))))


SMALL = CUT.replace(
    "self.add(Square(), Circle().shift(4.2 * UP), Dot().shift(2 * LEFT))", "self.add(Text('x', font_size=12))"
)


def test_small_text_upright_is_told_in_what_it_lacks(tmp_path: Path) -> None:
    [finding] = rules()["small-text"].broken(talk_of(shaped_deck("9:16", tmp_path, SMALL)))

    assert finding.sentence == "'x' is as small as 19 pt type on a wide frame"
    assert finding.hint == "make it 1.3 times as large, to be read on a phone"


def test_a_kept_recording_of_another_shape_is_none(tmp_path: Path) -> None:
    text = (
        "# A\n\nB\n\n## C\n\n```slide\nkind: single-feature-map\n```\n\n## D\n\n```python\nclass S(Scene): ...\n```\n"
    )
    path = tmp_path / "talk.md"
    jobs = [outline(parse(f"---\naspect-ratio: {ratio}\n---\n{text}", path), frame_rate=15) for ratio in RATIOS]

    for section in zip(*jobs, strict=True):
        assert len({job.key("") for job in section}) == len(RATIOS)


@pytest.mark.parametrize("name", QUALITIES)
def test_a_quality_is_the_number_of_pixels_along_the_shorter_side(name: str, ratio: str, frame: Frame) -> None:
    quality = QUALITIES[name].on(frame)

    assert (quality.width, quality.height) == PIXELS[name][ratio]
    assert quality.frame_rate == QUALITIES[name].frame_rate


def test_a_film_has_the_shape_and_nothing_of_the_picture_is_cut(
    deck: Deck, ratio: str, frame: Frame, tmp_path: Path
) -> None:
    studio = Studio(store=tmp_path, quality=QUALITIES["draft"].on(frame))
    [film] = studio.films(deck.slides[2:])

    picture = first_picture(film.clips[0])
    assert picture.shape[1::-1] == PIXELS["draft"][ratio]
    assert corners_of(picture).max() < 24


FILMED = """\
---
aspect-ratio: {ratio}
title-slide: false
---

## Filmed

```python
from manim.camera.camera import Camera

class OwnCamera(Camera):
    def display_vectorized(self, *args):
        return super().display_vectorized(*args)

class Corners(Scene):
    def __init__(self, **kwargs):
        super().__init__(camera_class=OwnCamera, **kwargs)

    def construct(self):
        self.add(Square(1, color=RED, fill_opacity=1).to_corner(UL, buff=0))
        self.wait()
```
"""


def test_what_manim_alone_can_draw_is_filmed_in_the_shape(tmp_path: Path) -> None:
    recording = shaped_deck("9:16", tmp_path, FILMED).slides[0].recording

    assert recording.film
    picture = first_picture(io.BytesIO(recording.film))
    assert picture.shape == (FRAMES["9:16"].height, GRID_WIDTH, 3)
    assert corners_of(picture)[0] < 24


@pytest.mark.parametrize("quality", ["draft", "full"])
def test_pictures_and_films_that_are_asked_for_have_the_size(
    ratio: str, quality: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talk.md").write_text(f"---\naspect-ratio: {ratio}\n---\n# Cats\n\n## Look\n\nA cat.\n")
    done = CliRunner().invoke(
        main, ["build", "talk.md", "--quiet", "--quality", quality, "-o", "pauses/", "-o", "talk.mp4", "-o", "talk.png"]
    )

    assert done.exit_code == 0, done.output
    for path in Path("pauses").iterdir():
        with Image.open(path) as picture:
            assert picture.size == PIXELS[quality][ratio]
    assert first_picture(Path("talk.mp4")).shape[1::-1] == PIXELS[quality][ratio]
    with Image.open("talk.png") as sheet:
        high = 480 * RATIOS[ratio][1] / RATIOS[ratio][0]
        assert sheet.width == 4 * 480 + 5 * 12
        assert sheet.height == pytest.approx(high + 2 * 12, abs=1)


@pytest.mark.parametrize("ratio", ["16:10", "4:3"])
def test_the_lecture_hears_nothing_on_a_higher_frame(ratio: str, tmp_path: Path) -> None:
    lecture = document.read(Path(str(files("slides") / "feature_maps.md")))
    front = replace(lecture.front, aspect_ratio=ratio)
    deck = build(replace(lecture, front=front), frame_rate=15, store=tmp_path, processes=2)
    talk = talk_of(deck)

    assert [finding for rule in rules().values() for finding in rule.broken(talk)] == []
    tops = {slide.id: slide.recording.reveals[0].texts[0].box[1] for slide in deck.slides[1:]}
    assert len(set(tops.values())) <= 2  # titles stand as high on all slides; a 'g' does not change that
    assert max(tops.values()) / UNITS == pytest.approx(-FRAMES[ratio].height / 2 + 51, abs=4)


def test_the_lecture_fits_upright_too(tmp_path: Path) -> None:
    lecture = document.read(Path(str(files("slides") / "feature_maps.md")))
    front = replace(lecture.front, aspect_ratio="9:16")
    deck = build(replace(lecture, front=front, sections=lecture.sections[:2]), frame_rate=15, store=tmp_path)

    assert not list(rules()["off-frame"].broken(talk_of(deck)))
