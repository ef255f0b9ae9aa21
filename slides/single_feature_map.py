"""One filter turns an image into one feature map."""

from __future__ import annotations

from typing import Self

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
    MathTypst,
    Transform,
    TransformFromCopy,
    VGroup,
)
from numpy.typing import NDArray
from pydantic import Field, model_validator

from deck.slide import OptionError, SlideOptions
from slides import theme
from slides.kernel import KernelOption, weights_of
from slides.mobjects.color_bar import ColorBar
from slides.mobjects.color_scale import ColorScale
from slides.mobjects.grid import Kernel, in_words, signed
from slides.mobjects.label import Label, SizeLabel
from slides.mobjects.marks import caption, flow, join, named
from slides.mobjects.multiply_add import CELL, NAMES_ABOVE, MultiplyAdd
from slides.mobjects.picture import FeatureMap, GreyPicture, PhotoPicture
from slides.mobjects.sweep import Sweep
from slides.network.arithmetic import Shape, check_stride
from slides.network.channels import strongest_region
from slides.network.convolution import correlate, luminance, relu, window
from slides.photo import SIZE, Photo, load
from slides.stage import LectureSlide

ROW = 0.25
SMALL, LARGE = 2.6, 4.5
MAP, PLACES = 3.3, [np.array([x, 0.8, 0]) for x in (-4.95, 0.0, 4.95)]
BAR_TOP, FORMULA = -1.5, -3.12
RING, LEAST_RING = 27, 2
"""Pixels of the photo and cells of a map that a ring frames along each side."""
SPAN = 0.995
"""Share of the map's values that its colours span; a few extreme values would leave all else dark."""
SCOPE = f"{100 * SPAN:g} % of the map"


class SingleFeatureMap(LectureSlide):
    """One filter turns an image into one feature map."""

    title = "Single feature map"

    class Options(SlideOptions):
        """The photo, the filter's nine weights, and how it moves."""

        image: Photo = "chelsea"
        kernel: KernelOption = "sobel"
        stride: int = Field(1, ge=1, le=SIZE)
        padding: int = Field(0, ge=0, le=8)

        @model_validator(mode="after")
        def fits(self) -> Self:
            """Refuse a stride that leaves pixels over at the border, and a kernel that finds nothing in the image."""
            check_stride(self.stride, size=SIZE, kernel=3, padding=self.padding, layer="conv")
            response = correlate(luminance(load(self.image)), self.weights, stride=self.stride, padding=self.padding)
            if not np.ptp(relu(response)):
                raise OptionError(
                    "after ReLU, the map of this image is all of one value",
                    hint="use another kernel, such as 'sobel', or a smaller stride",
                )
            return self

        @property
        def weights(self) -> NDArray[np.int64]:
            """The nine weights, shape (3, 3)."""
            return weights_of(self.kernel)

    options: Options

    def setup(self) -> None:
        """Work out all that is drawn: brightness, the signed map and its strongest cell."""
        super().setup()
        options = self.options
        self.rgb = load(options.image)
        self.brightness = luminance(self.rgb)
        self.walk = {"stride": options.stride, "padding": options.padding}
        self.response = correlate(self.brightness, options.weights, **self.walk)
        self.ring = min(max(RING // options.stride, LEAST_RING), len(self.response))
        self.edge = strongest_region(self.response, self.ring)
        # The last column is left out: from there the filter could take no further step.
        region = self.response[self.edge[0] :, self.edge[1] :][: self.ring, : self.ring - 1]
        self.row, self.column = np.add(self.edge, np.unravel_index(np.argmax(region), region.shape)).tolist()
        self.colors = ColorScale.signed(self.response, SCOPE, share=SPAN)

    def construct(self) -> None:
        photo = PhotoPicture(self.rgb, side=4.9).place(4.9, ORIGIN)

        with self.reveal(
            "input",
            title="The photo",
            description=f"A photo of {Shape.of(self.rgb)} values: height by width by three colour channels.",
        ):
            self.play(FadeIn(photo))

        grey = GreyPicture(self.brightness, side=SMALL).place(SMALL, (theme.LEFT_EDGE + SMALL / 2, ROW, 0))
        kernel = Kernel(self.options.weights, side=3 * CELL).move_to((0.9, ROW, 0))
        about = VGroup(named(kernel, "filter", ROW + NAMES_ABOVE), SizeLabel(Shape.of(self.options.weights)))
        about[1].next_to(kernel, DOWN, buff=theme.GAP)

        with self.reveal(
            "kernel",
            title="The filter",
            description=(
                f"The photo's brightness, one channel, and a filter of nine weights: {in_words(self.options.weights)}."
            ),
        ):
            self.play(photo.animate.place(SMALL, grey.frame.get_center()), run_time=0.8)
            self.play(FadeOut(photo), FadeIn(grey), run_time=0.7)
            self.play(FadeIn(kernel, about, shift=0.2 * LEFT))

        self.multiply(grey, kernel)
        self.map_out(grey, kernel, about)

    def multiply(self, grey: GreyPicture, kernel: Kernel) -> None:
        """Nine products under one window, their sum, one step to the right."""
        windows = [
            window(self.brightness, self.row, column, kernel=3, **self.walk)
            for column in (self.column, self.column + 1)
        ]
        work = MultiplyAdd(windows, kernel, stride=self.options.stride, scale=self.colors)
        window_mark, next_mark = (self.magnified(grey, work, column) for column in (self.column, self.column + 1))
        first, second = (int(self.response[self.row, column]) for column in (self.column, self.column + 1))

        with self.reveal(
            "conv",
            title="Nine products, one sum",
            description=(
                f"Nine pixels times nine weights add up to {signed(first)}, the first cell; "
                f"{steps(self.options.stride)} further right the sum is {signed(second)}."
            ),
        ):
            self.play(Create(window_mark[0]), run_time=0.4)
            self.play(
                Create(window_mark[1:]),
                TransformFromCopy(window_mark[0], work.box),
                FadeIn(work.patch, work.names[0]),
            )
            self.play(FadeIn(work.times), work.multiply())
            self.play(work.add_up())
            self.play(work.step(), Transform(window_mark, next_mark, run_time=0.6))

    def magnified(self, grey: GreyPicture, work: MultiplyAdd, column: int) -> VGroup:
        """Return the mark of one cell's window on the image, and lines from it to where its pixels are drawn large."""
        mark = grey.mark(*self.corner_of(self.row, column), 3, 3)
        return VGroup(mark, *join(mark, work.patch, color="line"))

    def map_out(self, grey: GreyPicture, kernel: Kernel, about: VGroup) -> None:
        """The whole map, its rectified half, and the same edge on both."""
        signed_map = FeatureMap(self.response, self.colors, side=LARGE).place(
            LARGE, (theme.RIGHT_EDGE - LARGE / 2, ROW, 0)
        )
        shape = Shape.of(self.response)

        with self.reveal(
            "sweep",
            title="The filter visits every place",
            description=f"The same nine weights at every place fill one feature map of {shape}: one number a place.",
        ):
            self.play(self.fade_all_but(grey, kernel, about))
            self.play(
                grey.animate.place(LARGE, (theme.LEFT_EDGE + LARGE / 2, ROW, 0)),
                kernel.animate.move_to((0, ROW, 0)),
                about.animate.shift(LEFT * kernel.get_x()),
            )
            arrows = VGroup(flow(grey.frame, kernel), flow(kernel, signed_map.frame))
            self.play(FadeIn(arrows), FadeIn(signed_map[1:]))
            self.add(signed_map)
            self.play(Sweep(grey, signed_map, kernel=3, **self.walk))

        rectified = ColorScale.rectified(relu(self.response), SCOPE, share=SPAN)
        after = FeatureMap(relu(self.response), rectified, side=MAP).place(MAP, PLACES[2])
        bars = [ColorBar(scale, length=MAP) for scale in (self.colors, rectified)]
        for bar, place in zip(bars, PLACES[1:], strict=True):
            bar.move_to((place[0], BAR_TOP, 0), aligned_edge=UP)

        with self.reveal(
            "map",
            title="The feature map and ReLU",
            description=(
                f"The signed map runs from {signed(self.response.min())} to {signed(self.response.max())}; "
                "ReLU keeps what is above zero, where the image matches the filter, and makes the rest zero."
            ),
        ):
            self.play(FadeOut(arrows, kernel, about))
            self.play(grey.animate.place(MAP, PLACES[0]), signed_map.animate.place(MAP, PLACES[1]))
            names = VGroup(
                caption(grey.frame, "brightness"),
                caption(signed_map.frame, "signed"),
                caption(after.frame, "after ReLU"),
            )
            links = VGroup(flow(grey.frame, signed_map.frame, "conv"), flow(signed_map.frame, after.frame, "ReLU"))
            self.play(FadeIn(names[:2], links[0], bars[0]))
            self.play(FadeIn(links[1]), FadeIn(after, names[2], bars[1], shift=0.2 * RIGHT))

        strongest = self.response[self.row, self.column]
        rings = VGroup(
            grey.mark(*self.corner_of(*self.edge), *[(self.ring - 1) * self.options.stride + 3] * 2),
            *(picture.region(*self.edge, self.ring, self.ring) for picture in (signed_map, after)),
        )
        edge = Label(f"an edge: {signed(strongest)}", color="accent").move_to(
            (PLACES[0][0], BAR_TOP, 0), aligned_edge=UP
        )
        formula = MathTypst(self.size_formula(), color=theme.color("text"), font_size=40).move_to((0, FORMULA, 0))

        with self.reveal(
            "labels",
            title="One edge, twice",
            description=(
                f"The place of the strongest edge, up to {signed(strongest)}, is ringed on the photo and on both maps. "
                f"The walk gives the size: {shape.height} cells a side."
            ),
        ):
            self.play(Create(rings), FadeIn(edge))
            self.play(FadeIn(formula))

    def corner_of(self, row: int, column: int) -> tuple[int, int]:
        """Return the top left pixel that a cell of the map looks at; padding lies at negative places."""
        stride, padding = self.options.stride, self.options.padding
        return row * stride - padding, column * stride - padding

    def size_formula(self) -> str:
        """Return the output size, with this slide's numbers, in Typst."""
        padding, stride = self.options.padding, self.options.stride
        return (
            # An index is set too small for the back row.
            r"H_#text(size: 1.36em)[out] = floor((H + 2 P - K) \/ S) + 1 = "
            rf"floor(({SIZE} + 2 dot {padding} - 3) \/ {stride}) + 1 = {len(self.response)}"
        )


def steps(count: int) -> str:
    """Say a distance in pixels."""
    return "one pixel" if count == 1 else f"{count} pixels"
