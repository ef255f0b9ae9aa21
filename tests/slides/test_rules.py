"""Each rule of the geometry finds what breaks it: a rule that never speaks would make every slide look clean."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from manim import LEFT, RIGHT, UP, ImageMobject, Line, MathTypst, Mobject, Square, VGroup

from slides import theme
from slides.mobjects.color_scale import ColorScale
from slides.mobjects.grid import Kernel
from slides.mobjects.label import Label
from slides.mobjects.marks import Flow, flow
from slides.mobjects.picture import FeatureMap
from slides.mobjects.stack import ChannelStack
from tests.slides import rules
from tests.slides.stage import Stage

RAMP = np.arange(64.0).reshape(8, 8)
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def a_map() -> FeatureMap:
    return FeatureMap(RAMP, ColorScale.rectified(RAMP, "this map"), side=2)


def a_stack(total: int = 32) -> ChannelStack:
    return ChannelStack([RAMP, RAMP.T, RAMP[::-1]], total=total, signed=False, side=2)


def uneven_stack() -> ChannelStack:
    stack = a_stack()
    stack.maps[2].shift(0.1 * UP)
    return stack


def uncounted_stack() -> ChannelStack:
    stack = a_stack()
    assert stack.count is not None
    stack.remove(stack.count)
    return stack


def overrun() -> list[Mobject]:
    left, right = Square(1).shift(3 * LEFT), Square(1).shift(3 * RIGHT)
    return [left, right, flow(left, right), Label("between")]


def too_far() -> list[Mobject]:
    return [Square(1).shift(3 * LEFT), Flow(2.5 * LEFT, 2 * RIGHT), Square(1).shift(3 * RIGHT)]


@pytest.mark.parametrize(
    ("rule", "mobjects", "fault"),
    [
        (rules.off_the_frame, lambda: [Label("edge").to_edge(RIGHT, buff=0.3)], "'edge' is off the frame"),
        (rules.off_the_frame, lambda: [Square(2).shift(6.2 * RIGHT)], "Square at (6.20, 0.00) is off the frame"),
        (rules.overlapping, lambda: [Label("one"), Label("two")], "'one' lies on or close to 'two'"),
        (rules.crossed, lambda: [a_map(), Label("over")], "'over' lies on a picture"),
        (rules.crossed, lambda: [Line(LEFT, RIGHT), Label("struck")], "'struck' lies across Line at (0.00, 0.00)"),
        (rules.crossed, lambda: [Square(1), Label("much too wide")], "'much too wide' lies across Square"),
        (rules.buried, lambda: [Label("I"), Square(2, fill_opacity=1)], "is hidden"),
        (rules.buried, lambda: [Square(1, color=theme.color("accent")), a_map()], "Square at (0.00, 0.00) is hidden"),
        (rules.taken_apart, lambda: [Label("g")[0]], "belongs to nothing"),
        (rules.taken_apart, lambda: [ImageMobject(np.eye(8, dtype=np.uint8) * 255)], "belongs to nothing"),
        (rules.small, lambda: [Label("small", size=20)], "'small' is as small as 20.0 pt"),
        (rules.small, lambda: [Label("shrunk").scale(0.8)], "'shrunk' is as small as 19.2 pt"),
        (rules.small, lambda: [MathTypst("x_n", font_size=40)], "'the formula' is as small as"),
        (rules.faint, lambda: [Label("dim", color="line")], "'dim' has a contrast of 3."),
        (rules.faint, lambda: [Label("glass").set_opacity(0.5)], "'glass' has a contrast of"),
        (
            rules.faint,
            lambda: [Square(2, fill_opacity=1, fill_color="#FFFFFF"), Label("pale")],
            "'pale' has a contrast of 1.",
        ),
        (rules.badly_stacked, lambda: [uneven_stack()], "has the steps [[0.13, 0.13], [0.13, 0.23]]"),
        (rules.badly_stacked, lambda: [uncounted_stack()], "no '3 of 32' under ChannelStack"),
        (rules.misled, overrun, "Flow at (0.00, 0.00) at -2.40 stands -"),
        (rules.misled, too_far, "stands 0.10 after and ends 0.60 before a thing"),
    ],
)
def test_a_broken_rule_is_found(
    rule: Callable[[Stage], list[str]], mobjects: Callable[[], list[Mobject]], fault: str
) -> None:
    found = rule(Stage(mobjects()))

    assert len(found) == 1
    assert fault in found[0]


def test_numbers_in_their_cells_and_texts_beside_things_are_no_fault() -> None:
    kernel, feature_map, stack = Kernel(SOBEL, side=2.1), a_map().shift(4 * LEFT), a_stack().shift(4 * RIGHT)
    arrows = VGroup(flow(feature_map.frame, kernel), flow(kernel, stack.slices))
    stage = Stage([kernel, feature_map, stack, arrows])
    every = (rules.off_the_frame, rules.overlapping, rules.crossed, rules.buried, rules.taken_apart, rules.small)
    more = (rules.faint, rules.badly_stacked, rules.misled)

    assert [fault for rule in every + more for fault in rule(stage)] == []


def test_a_pause_that_shows_nothing_new_is_found() -> None:
    label, other = Label("the same"), Label("the same", color=theme.color("accent"))

    assert rules.unchanged(Stage([label]), Stage([label]))
    assert not rules.unchanged(Stage([label]), Stage([other]))
    assert not rules.unchanged(Stage([label]), Stage([label.copy().shift(0.1 * UP)]))
