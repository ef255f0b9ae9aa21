"""Where the network sees its class: a real class activation map."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Create,
    FadeIn,
    LaggedStart,
    Square,
    TransformFromCopy,
    VGroup,
)
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from deck.slide import SlideOptions
from slides import theme
from slides.mobjects.color_bar import ColorBar
from slides.mobjects.color_scale import ColorScale
from slides.mobjects.grid import CellGrid, four, tenths
from slides.mobjects.label import SizeLabel
from slides.mobjects.marks import below, caption, join
from slides.mobjects.picture import PhotoPicture, Picture
from slides.network.arithmetic import Shape
from slides.network.convolution import luminance
from slides.network.efficientnet import forward
from slides.network.heatmap import GRID, class_activation, hottest, pixels
from slides.network.labels import class_index, label
from slides.photo import Photo, load
from slides.stage import LectureSlide, Model

ROW = -0.03
CELL = 0.7
PHOTO = GRID * CELL
GRID_X, BAR_X = 1.45, 4.35
HEAT = 0.58
"""How much of the overlay is heat; the rest is photo."""


def known_class(name: str | int | None) -> str | int | None:
    """Refuse a class that ImageNet does not have."""
    if name is not None:
        class_index(name)
    return name


class ActivationHeatmap(LectureSlide):
    """Where the network sees its class: a real class activation map."""

    title = "Activation heatmap"

    class Options(SlideOptions):
        """The photo, the network and the class to look for; by default the likeliest."""

        image: Photo = "chelsea"
        model: Model = "efficientnet-lite0"
        class_: Annotated[str | int | None, AfterValidator(known_class)] = Field(None, alias="class")

    options: Options

    def setup(self) -> None:
        """Run the network and work out the heatmap."""
        super().setup()
        self.rgb = load(self.options.image)
        activations = forward(self.rgb)
        wanted = self.options.class_
        self.index = activations.top()[0].index if wanted is None else class_index(wanted)
        self.name, self.probability = label(self.index), float(activations.probabilities[self.index])
        self.heat = class_activation(activations, self.index)
        scale = ColorScale.signed if self.heat.min() < 0 else ColorScale.rectified
        self.colors = scale(self.heat, "this map")

    def construct(self) -> None:
        photo = PhotoPicture(self.rgb, side=PHOTO).place(PHOTO, (theme.LEFT_EDGE + PHOTO / 2, ROW, 0))
        answer = caption(photo.frame, f"{self.name}: {self.probability:.0%}".replace("%", " %"), color="text")
        answer.shift(RIGHT * max(0, theme.LEFT_EDGE - answer.get_left()[0]))
        grid = CellGrid(self.heat, self.colors, cell=CELL, write=four).move_to((GRID_X, ROW, 0))
        size = SizeLabel(Shape.of(self.heat)).next_to(grid, DOWN, buff=theme.GAP)
        about = caption(grid, "evidence for the class")
        bare = VGroup(*(square.copy().set_fill(theme.color("background")) for square in grid.squares))
        plain = VGroup(*(number.copy().set_color(theme.color("text")) for number in grid.numbers))
        row, column = hottest(self.heat)
        lowest, highest = tenths(self.heat.min()), tenths(self.heat.max())

        with self.reveal(
            "input",
            title="The evidence in numbers",
            description=(
                f"The network is {self.probability:.0%} sure of {self.name}; {size.shape.height} by "
                f"{size.shape.width} numbers say how much each place speaks for it."
            ),
        ):
            self.play(FadeIn(photo, answer))
            self.play(FadeIn(about, size), LaggedStart(*(FadeIn(cell) for cell in (*bare, *plain)), lag_ratio=0.01))

        with self.reveal(
            "maps",
            title="From numbers to colours",
            description=f"Each number becomes a colour: {self.reading()}; from {lowest} to {highest}.",
        ):
            colors = LaggedStart(*(FadeIn(square) for square in grid.squares), lag_ratio=0.03)
            self.play(colors, FadeIn(grid.numbers), run_time=1.5)
            self.remove(*bare, *plain, *grid.squares, *grid.numbers)
            self.add(grid)

        span = float(self.heat.min()), float(self.heat.max())
        bar = ColorBar(self.colors, length=PHOTO, vertical=True, decimals=1, span=span)
        bar.move_to((BAR_X, ROW, 0), aligned_edge=LEFT)

        with self.reveal(
            "bar",
            title="What the colours mean",
            description=(
                f"The colour bar runs from {tenths(self.colors.low)} to {tenths(self.colors.high)}; "
                f"the values of this map lie between {lowest} and {highest}."
            ),
        ):
            self.play(FadeIn(bar, shift=0.2 * RIGHT))

        ring = Square(CELL, **theme.mark()).move_to(grid.cell(row, column))
        rows, columns = pixels(row, column)
        place = photo.region(rows.start, columns.start, len(rows), len(columns))
        lines = join(place, ring, color="accent")
        value = below(size, f"hottest: {highest}", color="accent")

        with self.reveal(
            "spot",
            title="The hottest place",
            description=(
                f"The hottest cell, {highest}, is in row {row + 1}, column {column + 1}, counted from the top left."
            ),
        ):
            self.play(Create(ring), FadeIn(value))

        overlay = Picture(self.blend(), Shape.of(self.rgb), side=PHOTO, sized=False).place(
            PHOTO, photo.frame.get_center()
        )
        scale = below(photo, f"1 cell = {len(rows)}×{len(columns)} pixels", color="accent")

        with self.reveal(
            "overlay",
            title="Back on the photo",
            description=(
                f"Laid over the photo, each cell covers {len(rows)} by {len(columns)} pixels; the hottest covers rows "
                f"{rows.start} to {rows.stop - 1} and columns {columns.start} to {columns.stop - 1}."
            ),
        ):
            self.play(FadeIn(overlay), run_time=1.2)
            self.play(TransformFromCopy(ring, place), Create(lines), FadeIn(scale))

    def reading(self) -> str:
        """Say how the colours are to be read."""
        if self.colors.low < 0:
            return "red speaks for the class and blue against it"
        return f"the more evidence, the {'darker' if self.theme.is_light else 'lighter'}"

    def blend(self) -> NDArray[np.uint8]:
        """Return the photo in grey under the heatmap's colours, cell by cell, shape (H, W, 3)."""
        height, width = (side // GRID for side in self.rgb.shape[:2])
        heat = np.kron(self.heat, np.ones((height, width)))
        grey = np.repeat(luminance(self.rgb)[..., None], 3, axis=-1)
        return np.rint(HEAT * self.colors(heat) + (1 - HEAT) * grey).astype(np.uint8)
