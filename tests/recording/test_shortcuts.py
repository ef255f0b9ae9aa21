"""The shortcuts that manim takes while it is recorded lead where its own ways do: each is tried with and without."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    RED,
    RIGHT,
    UP,
    UR,
    YELLOW,
    BackgroundRectangle,
    Circle,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    ImageMobject,
    Integer,
    Line,
    Mobject,
    PointCloudDot,
    Rectangle,
    Square,
    Star,
    SurroundingRectangle,
    Text,
    Transform,
    Triangle,
    ValueTracker,
    VGroup,
    VMobject,
    Write,
    always_redraw,
    interpolate,
)
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.utils.paths import path_along_arc, spiral_path
from numpy.typing import NDArray

from deck.capture import record as recording_module
from deck.capture.record import record, stage
from deck.capture.shortcuts import shortcuts
from deck.recording.codec import encode
from deck.recording.timeline import Recording
from deck.render.raster import Raster
from deck.slide import Slide
from tests.recording.drawing import difference, drawn
from tests.recording.scenes import PHOTO, Shown

RATE = 10
ROUNDING = 1e-8

# manim 0.21 draws images by a call that Pillow 12 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

Shortcut = tuple[type[Mobject], str]

COPIES: Shortcut = (VMobjectFromSVGPath, "__deepcopy__")
PIXELS: Shortcut = (ImageMobject, "interpolate_color")
COLORS: Shortcut = (VMobject, "interpolate_color")
STYLES: Shortcut = (VMobject, "match_style")
MOVES: Shortcut = (Mobject, "interpolate")
FAMILIES: Shortcut = (Mobject, "get_family")
BECOMING: Shortcut = (Mobject, "become")
ALL = [COPIES, PIXELS, COLORS, STYLES, MOVES, FAMILIES, BECOMING]

OWN: dict[Shortcut, Any] = {(owner, name): vars(owner).get(name) for owner, name in ALL}
"""What manim has there as it is installed."""

PHOTO_BELOW = np.ascontiguousarray(PHOTO[::-1])


def name_of(shortcut: object) -> str:
    return f"{shortcut[0].__name__}.{shortcut[1]}" if isinstance(shortcut, tuple) else ""


@contextmanager
def all_but(*left_out: Shortcut) -> Iterator[None]:
    """Enter all shortcuts but some, which manim does in its own way."""
    with shortcuts(), pytest.MonkeyPatch.context() as patch:
        for owner, name in left_out:
            own = OWN[owner, name]
            if own is None:
                patch.delattr(owner, name)
            else:
                patch.setattr(owner, name, own)
        yield


def facts(mobject: Mobject) -> list[dict[str, Any]]:
    """Return all that is known of a mobject and its parts, but for what says nothing of how they look."""
    silent = {
        "submobjects",
        "original_id",
        "path_obj",
        "background_stroke_color",
        "updaters",
        "deck_words",
        "deck_points",
    }
    family = [mobject]
    for one in family:
        family += one.submobjects
    return [{name: value for name, value in vars(one).items() if name not in silent} for one in family]


def assert_same(one: Mobject, other: Mobject) -> None:
    """See that two mobjects have the same of everything, but for what rounding does to numbers."""
    assert [list(each) for each in facts(one)] == [list(each) for each in facts(other)]
    for mine, yours in zip(facts(one), facts(other), strict=True):
        for name, value in mine.items():
            if isinstance(value, np.ndarray) and value.dtype == np.uint8:
                assert np.abs(value.astype(int) - yours[name]).max(initial=0) <= 1, name
            elif isinstance(value, np.ndarray | float | int):
                np.testing.assert_allclose(value, yours[name], rtol=0, atol=ROUNDING, err_msg=name)


def test_each_shortcut_is_known_here_and_none_is_taken_but_in_a_recording() -> None:
    def found() -> dict[tuple[Any, str], Any]:
        kinds = [Mobject]
        for kind in kinds:
            kinds += kind.__subclasses__()
        return {(kind, name): value for kind in kinds for name, value in vars(kind).items() if callable(value)}

    before = found()
    with shortcuts():
        within = found()
    with stage(RATE):
        staged = found()

    assert {each for each in within if within[each] is not before.get(each)} == set(ALL)
    assert staged == before == found()


def images() -> dict[str, tuple[ImageMobject, ImageMobject]]:
    """Return pairs of images of one size."""
    veil = np.dstack([PHOTO, np.full(PHOTO.shape[:2], 120, np.uint8)])
    photo = ImageMobject(PHOTO)
    dimmed = photo.copy().set_opacity(0.3)
    told = photo.copy()
    told.fill_opacity, told.stroke_opacity = 0.4, 0.2
    return {
        "dimmed by name alone": (photo, told),
        "equal": (photo, photo.copy().shift(UP)),
        "other": (photo, ImageMobject(PHOTO_BELOW)),
        "dimmed": (photo, dimmed),
        "dimmed beyond sight": (dimmed, photo.copy().set_opacity(0)),
        "veiled": (ImageMobject(veil), ImageMobject(PHOTO_BELOW)),
        "equal but for one level": (photo, ImageMobject(np.where(PHOTO == 128, 129, PHOTO).astype(np.uint8))),
    }


def shapes() -> dict[str, tuple[VMobject, VMobject]]:
    """Return pairs of shapes, of all that styles may be."""
    two: Any = [RED, YELLOW]
    gradient = Square(fill_opacity=0.7, stroke_width=14).set_color_by_gradient(RED, YELLOW, GREEN)
    behind = Text("halo").set_stroke(YELLOW, 12, 0.5, background=True)
    plain = Circle(color=BLUE, fill_opacity=0.5, stroke_width=7, stroke_opacity=0.4)
    return {
        "equal": (Square(), Square()),
        "plain": (Square(color=RED), plain),
        "moved": (Square(), Square().shift(RIGHT)),
        "moved a little": (Square(), Square().shift(1e-4 * RIGHT)),
        "faded": (plain.copy(), plain.copy().fade(0.6)),
        "from a gradient": (gradient.copy(), plain.copy()),
        "to a gradient": (plain.copy(), gradient.copy()),
        "a gradient of two": (Square().set_fill(two, 0.5), Triangle().set_stroke(two, 3)),
        "sheen": (plain.copy(), Circle(fill_opacity=1, color=BLUE).set_sheen(0.6, UR)),
        "from sheen": (Circle(fill_opacity=1, color=BLUE).set_sheen(-0.3, DOWN), plain.copy()),
        "strokes behind": (Text("hallo"), behind),
        "fewer parts": (VGroup(Square(), Circle(), Star(color=RED)), VGroup(plain.copy())),
        "more parts": (VGroup(plain.copy()), VGroup(Square(), Circle(), Star(color=RED))),
        "parts of one": (VGroup(Square(), Circle()), plain.copy()),
        "one of parts": (plain.copy(), VGroup(Square(color=RED), Circle())),
        "texts": (Text("one", color=RED), Text("other words", t2c={"words": "YELLOW"})),
        "a style of its own": (BackgroundRectangle(Square()), plain.copy()),
        "of a style of its own": (plain.copy(), BackgroundRectangle(Square(), fill_opacity=0.5)),
        "a frame": (SurroundingRectangle(Square()), gradient.copy()),
        "a number": (Integer(4, mob_class=Text), Integer(12, mob_class=Text, color=RED)),
    }


PAIRS = shapes()


def up_and_back(start: NDArray[np.float64], end: NDArray[np.float64], alpha: float) -> NDArray[np.float64]:
    """Lead away even where a way begins at its end."""
    way: NDArray[np.float64] = interpolate(start, end, alpha) + np.sin(np.pi * alpha) * UP
    return way


PATHS: dict[str, Callable[..., Any]] = {
    "straight": interpolate,
    "arc": path_along_arc(2),
    "spiral": spiral_path(1),
    "away": up_and_back,
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("pair", PAIRS)
def test_shapes_are_mixed_as_manim_mixes_them(pair: str, path: str) -> None:
    first, second = (shape.copy() for shape in PAIRS[pair])
    first.align_data(second)

    for alpha in (0, 1e-9, 0.3, 0.999, 1):
        ours, theirs = first.copy(), first.copy()
        with shortcuts():
            mix(ours, first, second, alpha, path)
        mix(theirs, first, second, alpha, path)

        assert_same(ours, theirs)


def mix(mixed: VMobject, first: VMobject, second: VMobject, alpha: float, path: str) -> None:
    for part, start, end in zip(mixed.get_family(), first.get_family(), second.get_family(), strict=True):
        part.interpolate(start, end, alpha, PATHS[path])


def test_what_was_mixed_is_nobody_elses() -> None:
    """Where a thing is equal to what it will be it is copied: to change the mix changes none of them."""
    first, second, third = Square(color=RED), Square(color=RED), Square(color=BLUE, fill_opacity=1)
    image, same = images()["equal"]
    before = copy.deepcopy([first, second, third, image, same])

    with shortcuts():
        for other, alpha in ((second, 0.5), (second, 1), (third, 0), (third, 1)):
            shape = Square().interpolate(first, other, alpha)
            shape.points += 1
            for values in (shape.fill_rgbas, shape.stroke_rgbas, shape.background_stroke_rgbas, shape.sheen_direction):
                np.asarray(values)[:] = 0.1
            picture = image.copy()
            picture.interpolate_color(image, same, alpha)
            picture.pixel_array[:] = 7

    for thing, earlier in zip([first, second, third, image, same], before, strict=True):
        assert_same(thing, earlier)


@pytest.mark.parametrize("alpha", [0, 0.3, 1])
@pytest.mark.parametrize("pair", images())
def test_pixels_are_mixed_as_manim_mixes_them(pair: str, alpha: float) -> None:
    first, second = images()[pair]
    ours, theirs = first.copy(), first.copy()

    with shortcuts():
        ours.interpolate_color(first, second, alpha)
    theirs.interpolate_color(first, second, alpha)

    assert ours.pixel_array.dtype == theirs.pixel_array.dtype
    assert_same(ours, with_note_of(ours, theirs))


def with_note_of(ours: Mobject, theirs: Mobject) -> Mobject:
    """Give a mobject what the recorder alone has noted."""
    if hasattr(ours, "deck_mix"):
        vars(theirs)["deck_mix"] = vars(ours)["deck_mix"]
    return theirs


@pytest.mark.parametrize("family", [True, False], ids=["family", "alone"])
@pytest.mark.parametrize("pair", PAIRS)
def test_styles_are_taken_on_as_manim_takes_them(pair: str, family: bool) -> None:
    mobject, other = PAIRS[pair]
    ours, theirs = mobject.copy(), mobject.copy()

    with shortcuts():
        assert ours.match_style(other, family) is ours
    theirs.match_style(other, family)

    assert_same(ours, theirs)


def test_a_style_taken_on_is_a_copy() -> None:
    mobject, other = Square(), Square(color=RED, fill_opacity=0.5)
    with shortcuts():
        mobject.match_style(other)
    mobject.set_color(BLUE).set_opacity(0.1)

    assert_same(other, Square(color=RED, fill_opacity=0.5))


class Shy(VGroup):
    """Keeps its parts to itself."""

    def get_family(self, recurse: bool = True) -> list[Mobject]:  # noqa: ARG002 - as manim has it
        return [self]


class Choosy(VGroup):
    """Leaves circles out of its family."""

    def get_family(self, recurse: bool = True) -> list[Mobject]:
        return [one for one in super().get_family(recurse) if not isinstance(one, Circle)]


def families() -> dict[str, Mobject]:
    square, dot, circle = Square(), Dot(), Circle()
    both = Group(square, dot)
    return {
        "alone": square,
        "nested": Group(Group(dot, Group(circle)), Group(), square),
        "twice": Group(both, square, circle, dot),
        "twice, deep": Group(Group(square, circle), Group(Group(both, circle), square), both),
        "a diamond": Group(Group(both), Group(both)),
        "a way of its own": Group(square, Shy(dot), circle),
        "twice, in a way of its own": Group(dot, Shy(circle, dot), Group(circle, square)),
        "a way of its own, for a part": Group(dot, Choosy(circle, VGroup(square, circle), dot)),
        "glyphs": Text("aa bb"),
        "points": Group(PointCloudDot(), ValueTracker(3), ImageMobject(PHOTO)),
    }


@pytest.mark.parametrize("kind", families())
def test_families_are_those_of_manim_and_in_its_order(kind: str) -> None:
    mobject = families()[kind]
    theirs = [each(one) for one in (mobject, *mobject.submobjects) for each in (type(one).get_family, OWN[FAMILIES])]
    with shortcuts():
        ours = [
            each(one) for one in (mobject, *mobject.submobjects) for each in (type(one).get_family, Mobject.get_family)
        ]

    assert [list(map(id, each)) for each in ours] == [list(map(id, each)) for each in theirs]


def test_copies_of_glyphs_share_the_path_alone() -> None:
    text = Text("ab", t2c={"a": "RED"})
    theirs = text.copy()
    with shortcuts():
        ours, pair = text.copy(), copy.deepcopy([text[0], text[0]])

    assert_same(ours, theirs)
    assert ours[0].path_obj is text[0].path_obj is not theirs[0].path_obj
    assert pair[0] is pair[1] is not text[0]
    for one in facts(ours):
        for value in one.values():
            if isinstance(value, np.ndarray):
                np.add(value, 1, out=value)
    assert_same(text, theirs)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("how", [{}, {"match_height": True}, {"stretch": True, "match_center": True}], ids=str)
def test_a_mobject_becomes_another_as_in_manim(pair: str, how: dict[str, bool]) -> None:
    mobject, other = PAIRS[pair]
    ours, theirs = mobject.copy(), mobject.copy()

    with all_but():
        assert ours.become(other, **how) is ours
    theirs.become(other, **how)

    assert_same(ours, theirs)


class Letters(Shown):
    """Texts that are copied, written, moved, and stand on a ground that keeps its style."""

    def construct(self) -> None:
        word = Text("glyphs", t2c={"ph": "RED"})
        ground = BackgroundRectangle(word, color=BLUE, fill_opacity=0.6, stroke_width=4)
        with self.step("write"):
            self.play(Write(VGroup(ground, word)), run_time=0.5)
        with self.step("move"):
            other = word.copy().set_color(YELLOW)
            self.play(word.animate.shift(UP), other.animate.shift(DOWN).scale(0.5), run_time=0.3)


class Pictures(Shown):
    """Pictures that fade, move and change, and one that does none of this while another does."""

    def construct(self) -> None:
        photo, other = ImageMobject(PHOTO).scale(8).shift(2 * LEFT), ImageMobject(PHOTO_BELOW).scale(8)
        still = ImageMobject(PHOTO).scale(4).shift(3 * RIGHT)
        with self.step("fade"):
            self.play(FadeIn(photo), run_time=0.3)
        with self.step("move"):
            self.play(Group(photo, still).animate.shift(0.5 * UP), run_time=0.3)
        with self.step("change"):
            self.play(Transform(photo, other), run_time=0.3)
        with self.step("leave"):
            self.play(FadeOut(photo), still.animate.set_opacity(0.3), run_time=0.3)


class Ways(Shown):
    """Arcs, ways of one's own, colours of several kinds and other numbers of parts."""

    def construct(self) -> None:
        square = Square(fill_opacity=0.5).shift(3 * LEFT).set_color_by_gradient(RED, YELLOW)
        row = VGroup(Square(0.5), Circle(0.3), Star(outer_radius=0.4)).arrange(RIGHT).to_edge(UP)
        circle = Circle(color=GREEN, fill_opacity=1).set_sheen(0.5, UR).shift(2 * RIGHT)
        with self.step("arc"):
            self.add(square, row, circle)
            self.play(Transform(square, Triangle(color=BLUE).shift(RIGHT), path_arc=2), run_time=0.4)
        with self.step("away"):
            self.play(Transform(circle, circle.copy(), path_func=up_and_back), run_time=0.4)
        with self.step("parts"):
            self.play(Transform(row, VGroup(Rectangle(color=RED), Line(LEFT, RIGHT)).to_edge(UP)), run_time=0.4)


class Twins(Shown):
    """Things that are in two groups, redrawn ones, and texts that become others."""

    def construct(self) -> None:
        square, tracker = Square(color=RED, fill_opacity=0.5), ValueTracker(8)
        both = Group(square, Group(square, Circle()), Shy(Dot(2 * UP)), Choosy(Star().to_edge(DOWN), Circle()))
        number = always_redraw(lambda: Text(f"{tracker.get_value():.0f}").shift(2 * DOWN))
        word = Text("before").shift(3 * RIGHT)
        with self.step("group"):
            self.add(number, word)
            self.play(both.animate.shift(LEFT), tracker.animate.set_value(11), run_time=0.4)
        with self.step("become"):
            word.become(Text("and after").shift(3 * RIGHT))
            self.play(FadeOut(square), run_time=0.2)


SCENES: list[type[Slide]] = [Letters, Pictures, Ways, Twins]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_with_all_shortcuts_manim_draws_what_it_draws_as_it_is_installed(scene: type[Slide]) -> None:
    theirs = drawn(scene, RATE)
    with shortcuts():
        ours = drawn(scene, RATE)

    assert len(ours) == len(theirs)
    for frame, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        assert np.abs(one.astype(np.int16) - other).max() <= 1, frame


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_without_any_one_shortcut_a_recording_is_the_same(scene: type[Slide], monkeypatch: pytest.MonkeyPatch) -> None:
    ours = record(scene, frame_rate=RATE)
    for shortcut in ALL:
        monkeypatch.setattr(recording_module, "shortcuts", lambda left_out=shortcut: all_but(left_out))
        theirs = record(scene, frame_rate=RATE)

        if (scene, shortcut) == (Pictures, PIXELS):
            # A mix is drawn as one picture over another, if it is known of what.
            assert_looks_alike(ours, theirs)
        elif (scene, shortcut) == (Twins, BECOMING):
            # The text of what has become another is not known then.
            assert [texts(each) for each in (ours, theirs)] == [["11", "and after"], ["8", "before"]]
            assert encode(mute(ours)) == encode(mute(theirs))
        else:
            assert encode(ours) == encode(theirs), name_of(shortcut)


def assert_looks_alike(ours: Recording, theirs: Recording) -> None:
    one, other = (Raster(recording, 1920) for recording in (ours, theirs))
    assert ours.frames == theirs.frames
    for frame in range(ours.frames):
        seen = one.frame(frame).copy()  # a raster draws each frame where it has drawn the one before
        assert difference(seen, other.frame(frame)).alike >= 0.98, frame


def texts(recording: Recording) -> list[str]:
    """Return what can be read at the last pause."""
    return [text.text for text in recording.reveals[-1].texts]


def mute(recording: Recording) -> Recording:
    """Take the texts out of a recording."""
    return replace(recording, reveals=tuple(replace(reveal, texts=()) for reveal in recording.reveals))
