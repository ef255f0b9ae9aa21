"""Several filters give several feature maps: the channels of one layer."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    UR,
    Animation,
    ApplyMethod,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Line,
    TransformFromCopy,
    VGroup,
)
from numpy.typing import NDArray
from pydantic import model_validator

from deck.slide import OptionError, SlideOptions
from slides import theme
from slides.mobjects.color_scale import ColorScale
from slides.mobjects.depth import DepthSum, decimal
from slides.mobjects.grid import Kernel
from slides.mobjects.label import Label
from slides.mobjects.marks import caption, flow, named
from slides.mobjects.picture import FeatureMap, PhotoPicture
from slides.mobjects.stack import ChannelStack
from slides.network.arithmetic import Shape
from slides.network.channels import even, strongest_region
from slides.network.convolution import luminance, relu
from slides.network.efficientnet import LAYERS, forward, normalise
from slides.network.filters import CORNERS, DIFFERENCE_OF_GAUSSIANS, GABOR, SOBEL, Filter, responses
from slides.photo import Photo, load
from slides.stage import LectureSlide

SHOWN = (SOBEL, CORNERS, GABOR, DIFFERENCE_OF_GAUSSIANS)
REVEALS = ("maps", "corners", "textures", "shapes")
COLUMNS = (-3.22, -0.38, 2.46, 5.3)
KERNEL_ROW, MAP_ROW, NAME_LINE = 1.12, -1.62, 2.58
PHOTO_SIDE, KERNEL_SIDE, MAP_SIDE = 1.86, 2.5, 2.4
STACK_SIDE, STACK_STEP = 3.4, 0.5
RING = 21
SPAN = 0.995
CEILING = 6.0
"""What ReLU6 lets through at most."""


class MultipleFeatureMaps(LectureSlide):
    """Several filters give several feature maps: the channels of one layer."""

    title = "Multiple feature maps"

    class Options(SlideOptions):
        """The photo."""

        image: Photo = "chelsea"

        @model_validator(mode="after")
        def answered(self) -> Self:
            """Refuse a photo in which a filter finds nothing."""
            answers = zip(SHOWN, maps_of(load(self.image)), strict=True)
            silent = [known.title.lower() for known, values in answers if not np.ptp(values)]
            if silent:
                raise OptionError(f"the filters find no {' and no '.join(silent)} in the image", hint="use a photo")
            return self

    options: Options

    def setup(self) -> None:
        """Work out the four rectified maps."""
        super().setup()
        self.rgb = load(self.options.image)
        self.values = maps_of(self.rgb)

    def construct(self) -> None:
        photo = PhotoPicture(self.rgb, side=4.9).place(4.9, (0, 0, 0))

        with self.reveal(
            "input", title="The same photo", description=f"The same photo as before, {Shape.of(self.rgb)}."
        ):
            self.play(FadeIn(photo))

        kernels = [Kernel(known.weights, side=KERNEL_SIDE).move_to((x, KERNEL_ROW, 0)) for known, x in self.columns]
        names = [named(kernel, known.title, NAME_LINE) for kernel, known in zip(kernels, SHOWN, strict=True)]
        sizes = ", ".join(f"{known.title.lower()} of {known.size} by {known.size}" for known in SHOWN)

        with self.reveal("filters", title="Four filters", description=f"Four filters with their weights: {sizes}."):
            self.play(photo.animate.place(PHOTO_SIDE, (theme.LEFT_EDGE + PHOTO_SIDE / 2, KERNEL_ROW, 0)), run_time=0.8)
            self.play(LaggedStart(*(FadeIn(*pair) for pair in zip(kernels, names, strict=True)), lag_ratio=0.3))

        remark = self.remark(f"colours span {100 * SPAN:g} % of each map")
        maps = []
        for reveal, values, kernel, known in zip(REVEALS, self.values, kernels, SHOWN, strict=True):
            feature_map = FeatureMap(values, ColorScale.rectified(values, "this map", share=SPAN), side=MAP_SIDE)
            feature_map.place(MAP_SIDE, (kernel.get_x(), MAP_ROW, 0))
            maps.append(feature_map)
            row, column = strongest_region(values, RING)
            strongest = feature_map.region(row, column, RING, RING)

            with self.reveal(
                reveal,
                title=f"The map of {known.title.lower()}",
                description=(
                    f"The feature map of the filter for {known.title.lower()}; "
                    f"it answers most in the ringed square, from row {row + 1}, column {column + 1} on."
                ),
            ):
                self.play(FadeIn(feature_map, shift=0.3 * DOWN), FadeIn(remark))
                self.play(Create(strongest))

        self.stack_up(photo, maps, remark)
        self.look_deep()

    def stack_up(self, photo: PhotoPicture, maps: list[FeatureMap], remark: Label) -> None:
        """The four maps become one layer of four channels."""
        stack = ChannelStack(
            list(self.values), total=len(maps), signed=False, side=STACK_SIDE, offset=STACK_STEP, share=SPAN
        )
        stack.move_to((2.0, -0.15, 0))
        count = caption(stack.slices, f"{len(maps)} channels", color="text")

        with self.reveal(
            "stack",
            title="One layer, four channels",
            description=(
                f"The four maps, one behind the other, are one layer of {stack.size_label.shape}: four channels."
            ),
        ):
            self.play(self.fade_all_but(photo, *maps, remark))
            self.play(
                photo.animate.place(STACK_SIDE, (theme.LEFT_EDGE + STACK_SIDE / 2, 0, 0)), *self.gather(maps, stack)
            )
            self.play(FadeIn(flow(photo.frame, stack.front.frame, "4 filters"), stack.size_label, count))
            self.add(stack)

        tags = [self.tag(stack, depth, known.title) for depth, known in enumerate(SHOWN)]
        with self.reveal(
            "labels",
            title="What each channel answers to",
            description="From front to back the channels answer to "
            + ", ".join(known.title.lower() for known in SHOWN)
            + ".",
        ):
            self.play(LaggedStart(*(FadeIn(tag, shift=0.15 * RIGHT) for tag in tags), lag_ratio=0.3))

    def look_deep(self) -> None:
        """A filter of a real network spans all channels of its input."""
        activations = forward(self.rgb)
        maps, filters = activations["stem"], activations.network.stem
        channel = even(filters.weights, filters.biases)
        values = maps[..., channel]
        # Below the rectifier's ceiling, so that the sum on the slide is the cell's value; and not in the last row or
        # column, whose windows reach into the padding.
        inner = values[:-1, :-1]
        strongest = np.argmax(np.where(inner < CEILING, inner, 0))
        row, column = (int(place) for place in np.unravel_index(strongest, inner.shape))
        stem = LAYERS["stem"]
        rows, columns = stem.seen(row, column)
        pixels = self.rgb[rows.start : rows.stop, columns.start : columns.stop]
        inputs = normalise(self.rgb)[rows.start : rows.stop, columns.start : columns.stop]
        scale = ColorScale.rectified(values, "this map")
        work = DepthSum(pixels, inputs, filters.weights[..., channel], float(filters.biases[channel]), scale)
        stem_map = FeatureMap(values, scale, side=2.5).place(2.5, (5.35, work.cell.get_y(), 0))
        about = caption(stem_map.frame, f"1 of {stem.shape.channels}")
        here = stem_map.mark(row - 4, column - 4, 9, 9)
        products = inputs.size

        with self.reveal(
            "depth",
            title="One filter spans all input channels",
            description=(
                f"A filter of the network's first layer has {products} weights, nine for each colour channel; "
                f"all {products} products and a bias add up to one cell, {decimal(work.total)}: "
                "one map a filter, not three."
            ),
        ):
            self.play(self.fade_all_but())
            self.play(FadeIn(work.names, work.windows, work.window_about))
            self.play(FadeIn(work.filters, work.filter_about, work.signs[::2]))
            self.play(LaggedStart(*(FadeIn(part) for part in (*work.signs[1::2], *work.sums)), lag_ratio=0.2))
            self.play(Create(work.joins), FadeIn(work.bias))
            self.play(FadeIn(work.cell))
            self.play(FadeIn(stem_map, about))
            self.play(TransformFromCopy(work.cell.squares, VGroup(here)))

    @property
    def columns(self) -> list[tuple[Filter, float]]:
        """The filters and where they stand."""
        return list(zip(SHOWN, COLUMNS, strict=True))

    def gather(self, maps: list[FeatureMap], stack: ChannelStack) -> list[Animation]:
        """Return the moves of the maps into the stack; their own size labels fade, since the stack has one for all."""
        moves: list[Animation] = [FadeOut(one.size_label) for one in maps if one.size_label is not None]
        for one, slice_ in zip(maps, stack.maps, strict=True):
            goal = slice_.get_center()
            slice_.place(one.frame.height, one.frame.get_center())
            moves.append(ApplyMethod(slice_.place, STACK_SIDE, goal))
        self.remove(*maps)
        self.add(*reversed(stack.slices))  # the back slice is drawn first
        return moves

    @staticmethod
    def tag(stack: ChannelStack, depth: int, text: str) -> VGroup:
        """Return a slice's name beside the stack, with a line to the part of the slice that is not covered."""
        start = stack.maps[depth].frame.get_corner(UR) + DOWN * STACK_STEP / 2
        line = Line(
            start, (stack.slices.get_right()[0] + 0.35, start[1], 0), color=theme.color("quiet"), stroke_width=2
        )
        return VGroup(line, Label(text).next_to(line, RIGHT, buff=0.12))


def maps_of(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the filters' rectified maps of a photo, one after the other, shape (4, H, W)."""
    return np.moveaxis(relu(responses(luminance(rgb), SHOWN)), -1, 0)
