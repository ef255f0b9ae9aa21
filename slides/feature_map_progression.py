"""Through the layers: maps shrink, channels grow, and each cell sees more of the photo."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    GrowFromEdge,
    LaggedStart,
    ManimColor,
    MoveToTarget,
    Rectangle,
    VGroup,
)
from pydantic import AfterValidator, Field

from deck.slide import OptionError, SlideOptions
from slides import theme
from slides.mobjects.grid import compact
from slides.mobjects.label import Label
from slides.mobjects.marks import flow, named, on_baseline
from slides.mobjects.picture import PhotoPicture, Picture
from slides.mobjects.stack import ChannelStack
from slides.network.channels import choose, from_afar
from slides.network.efficientnet import INPUT, LAYERS, Layer, forward, layer
from slides.photo import Photo, load
from slides.stage import LectureSlide, Model

PITCH = 2.24
TALLEST, STEP_DOWN, STACK_STEP = 1.75, 0.17, 0.08
STACK_ROW, NAME_LINE, SIZE_ROW, COUNT_ROW, WEIGHTS_ROW = 1.38, 2.5, 0.14, -0.32, -0.78
CHART_BOTTOM, CHART_KEY, DOUBLING, BAR_WIDTH = -3.35, -1.35, 0.15, 0.5
LOW = 0.95
"""How much lower the table stands as long as there is nothing under it."""
VIEW, VIEW_ROW, SEES_ROW, WORD_ROW = 1.36, -1.86, -2.8, -3.24
SPAN = 0.99
DIM = 0.22
"""How much of the photo is left outside a receptive field."""
WORDS = (
    # pixels that one cell sees at most, what such cells typically answer to
    (1, "pixels"),
    (8, "edges, colours"),
    (32, "textures"),
    (96, "patterns"),
    (224, "parts"),
)
WHOLE = "objects"


def known_stages(names: list[str]) -> list[str]:
    """Refuse layers that do not exist, come twice or out of order."""
    order = list(LAYERS)
    places = [order.index(layer(name).name) for name in names]
    if places != sorted(set(places)):
        raise OptionError("the stages are not in the network's order", hint=f"the order is {', '.join(order)}")
    return names


class FeatureMapProgression(LectureSlide):
    """Through the layers: maps shrink, channels grow, and each cell sees more of the photo."""

    title = "Feature map progression"

    class Options(SlideOptions):
        """The photo, the network, which of its layers and how many channels of each."""

        image: Photo = "chelsea"
        model: Model = "efficientnet-lite0"
        stages: Annotated[list[str], AfterValidator(known_stages)] = Field(
            ["stem", "block-2", "block-4", "block-8", "head"], min_length=2, max_length=5
        )
        channels: int = Field(4, ge=1, le=6)

    options: Options

    def setup(self) -> None:
        """Run the network."""
        super().setup()
        self.rgb = load(self.options.image)
        self.activations = forward(self.rgb)
        self.layers = [layer(name) for name in self.options.stages]

    def construct(self) -> None:
        columns = len(self.layers) + 1
        self.xs = [(index - (columns - 1) / 2) * PITCH for index in range(columns)]
        photo = PhotoPicture(self.rgb, side=4.9).place(4.9, ORIGIN)

        with self.reveal("input", title="The input", description=f"The photo goes in: {INPUT}."):
            self.play(FadeIn(photo))

        self.table = Group(photo)
        headings = VGroup(self.quiet("shown", 0, COUNT_ROW - LOW), self.quiet("parameters", 0, WEIGHTS_ROW - LOW))
        remark = self.remark(f"colours span {100 * SPAN:g} % of each channel")
        stacks: list[Group] = []
        for index, each in enumerate(self.layers, start=1):
            stack, about = self.stage_of(each, index)
            name = each.name.replace("-", " ").capitalize()
            with self.reveal(
                each.name,
                title=name,
                description=(
                    f"{name}: {each.shape}, {len(stack.slices)} channels shown; "
                    f"{each.parameters_so_far:,} parameters up to here."
                ),
            ):
                if not stacks:
                    goal = photo.generate_target().place(TALLEST, (self.xs[0], STACK_ROW - LOW, 0))
                    goal.size_label.set_y(SIZE_ROW - LOW)
                    self.play(MoveToTarget(photo), run_time=0.8)
                    headings.add(named(photo.frame, "input", NAME_LINE - LOW))
                    self.play(FadeIn(headings, remark))
                    self.table.add(headings)
                arrow = flow(stacks[-1] if stacks else photo.frame, stack.slices)
                self.play(FadeIn(arrow, stack, about, shift=0.15 * RIGHT))
            self.table.add(arrow, stack, about)
            stacks.append(stack.slices)

        self.halve()
        self.look_back(stacks)

    def stage_of(self, each: Layer, index: int) -> tuple[ChannelStack, VGroup]:
        """Return one layer's chosen channels, and its name and parameters, in their column."""
        maps = self.activations[each.name]
        chosen = choose(from_afar(maps), min(self.options.channels, each.shape.channels))
        stack = ChannelStack(
            [maps[..., channel] for channel in chosen],
            total=each.shape.channels,
            signed=not each.rectified,
            side=TALLEST - index * STEP_DOWN,
            offset=STACK_STEP,
            share=SPAN,
        )
        x = self.xs[index]
        stack.shift(np.array([x, STACK_ROW - LOW, 0]) - stack.slices.get_center())
        stack.size_label.move_to((x, SIZE_ROW - LOW, 0))
        if stack.count is not None:
            stack.count.move_to((x, COUNT_ROW - LOW, 0))
        name = named(stack.slices, each.name.replace("-", " "), NAME_LINE - LOW)
        return stack, VGroup(name, self.at(compact(each.parameters_so_far), index, WEIGHTS_ROW - LOW))

    def halve(self) -> None:
        """Maps shrink as channels grow, on one logarithmic scale."""
        shapes = [INPUT, *(each.shape for each in self.layers)]
        heights, channels = ([getattr(shape, axis) for shape in shapes] for axis in ("height", "channels"))
        bars = VGroup(
            *(self.bar(value, index, -0.3, "quiet") for index, value in enumerate(heights)),
            *(self.bar(value, index, 0.3, "accent") for index, value in enumerate(channels)),
        )
        key = VGroup(Label("height", color="quiet"), Label("channels", color="accent")).arrange(RIGHT, buff=0.4)
        key.move_to((self.xs[0] - BAR_WIDTH, CHART_KEY, 0), aligned_edge=LEFT)

        with self.reveal(
            "halve",
            title="Smaller maps, more channels",
            description=(
                f"From layer to layer the height falls: {', '.join(map(str, heights))}; "
                f"the channels grow: {', '.join(map(str, channels))}."
            ),
        ):
            self.play(self.table.animate.shift(UP * LOW), run_time=0.8)
            self.play(
                FadeIn(key), LaggedStart(*(GrowFromEdge(bar, DOWN) for bar in bars[: len(shapes)]), lag_ratio=0.15)
            )
            self.play(LaggedStart(*(GrowFromEdge(bar, DOWN) for bar in bars[len(shapes) :]), lag_ratio=0.15))
        self.chart = VGroup(bars, key)

    def look_back(self, stacks: list[Group]) -> None:
        """What one cell in the middle of each layer sees of the photo, and what such cells answer to."""
        views = [self.view(each, index) for index, each in enumerate(self.layers, start=1)]
        cells = [
            stack[0].mark(each.shape.height // 2, each.shape.width // 2, 1, 1)
            for stack, each in zip(stacks, self.layers, strict=True)
        ]
        sizes = [each.field.size for each in self.layers]
        sees = [self.at(f"{size} px", index, SEES_ROW) for index, size in enumerate(sizes, start=1)]
        asked = VGroup(self.quiet("one cell", 0, VIEW_ROW + 0.2), self.quiet("sees", 0, VIEW_ROW - 0.2))

        with self.reveal(
            "field",
            title="What one cell sees",
            description=(
                "The middle cell of each layer sees a square of the photo, its receptive field: "
                f"{', '.join(map(str, sizes))} pixels wide; a field wider than the photo sees all of it."
            ),
        ):
            self.play(FadeOut(self.chart), FadeIn(asked))
            for cell, view, size in zip(cells, views, sees, strict=True):
                self.play(Create(cell), FadeIn(view, size, shift=0.15 * DOWN), run_time=0.7)

        words = [word_for(size) for size in (1, *sizes)]
        labels = [self.at(word, index, WORD_ROW, color="accent") for index, word in enumerate(words)]
        with self.reveal(
            "labels",
            title="From pixels to objects",
            description=f"What cells typically answer to, layer by layer: {', then '.join(words)}.",
        ):
            self.play(LaggedStart(*(FadeIn(label, shift=0.15 * UP) for label in labels), lag_ratio=0.4))

    def view(self, each: Layer, index: int) -> Picture:
        """Return the photo, faded into the ground but for the receptive field of the layer's middle cell."""
        rows, columns = each.seen(each.shape.height // 2, each.shape.width // 2)
        ground = ManimColor(theme.color("background")).to_int_rgb()
        pixels = np.rint(DIM * self.rgb + (1 - DIM) * ground).astype(np.uint8)
        lit = np.s_[rows.start : rows.stop, columns.start : columns.stop]
        pixels[lit] = self.rgb[lit]
        view = Picture(pixels, INPUT, side=VIEW, smooth=True, sized=False).place(VIEW, (self.xs[index], VIEW_ROW, 0))
        view.add(view.mark(rows.start, columns.start, len(rows), len(columns)))
        return view

    def bar(self, value: int, index: int, offset: float, color: str) -> Rectangle:
        """Return one bar of the chart, a doubling being a fixed step."""
        bar = Rectangle(
            width=BAR_WIDTH,
            height=max(np.log2(value) * DOUBLING, 0.02),
            fill_color=theme.color(color),
            fill_opacity=1,
            stroke_width=0,
        )
        bar.move_to((self.xs[index] + offset, CHART_BOTTOM, 0), aligned_edge=DOWN)
        return bar

    def at(self, text: str, index: int, row: float, color: str = "text") -> Label:
        """Return a line of text in a column's row."""
        return on_baseline(Label(text, color=color), row - 0.12).set_x(self.xs[index])

    def quiet(self, text: str, index: int, row: float) -> Label:
        """Return a heading in a column's row."""
        return self.at(text, index, row, color="quiet")


def word_for(field: int) -> str:
    """
    Return what cells with a receptive field, in pixels, typically answer to; never more than they can see.

    References
    ----------
    M. D. Zeiler and R. Fergus, "Visualizing and understanding convolutional networks", ECCV 2014.
    C. Olah, A. Mordvintsev and L. Schubert, "Feature visualization", Distill 2017.
    """
    return next((word for widest, word in WORDS if field <= widest), WHOLE)
