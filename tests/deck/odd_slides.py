"""Kinds of slide for tests: one with many options, and one for each rule that a slide can break."""

import signal
import sys
from pathlib import Path
from typing import Annotated, Literal, Self

from manim import RIGHT, ApplyMethod, Circle, Create, Square
from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from deck.errors import SlideError
from deck.slide import OptionError, Slide, SlideOptions, document_folder


def there(name: str, info: ValidationInfo) -> str:
    if not (document_folder(info) / name).exists():
        raise OptionError(f"no image '{name}'", hint="look again")
    return name


class Grid(SlideOptions):
    rows: int = Field(1, gt=0)


class Place(SlideOptions):
    row: int


class Fussy(Slide):
    """Has an option of each sort."""

    class Options(SlideOptions):
        image: Annotated[str, AfterValidator(there)]
        stride: int = Field(1, ge=1, le=8)
        scale: float = Field(1.0, gt=0)
        mode: Literal["same", "valid"] = "same"
        kernel: str | tuple[tuple[int, ...], ...] = "sobel"
        picture: Path | None = None
        show_all: bool = False
        layers: list[str] = Field(default=["a"], min_length=1)
        grid: Grid | None = None
        places: tuple[Place, ...] = ()

        @model_validator(mode="after")
        def fits(self) -> Self:
            if self.stride == 7:
                raise ValueError("a stride of 7 does not fit")
            return self

    options: Options

    def construct(self) -> None:
        with self.reveal("first", title="First", description="A square grows."):
            self.play(Create(Square()))
        with self.reveal("second", title="Second", description="Nothing changes."):
            pass


class Needy(Slide):
    class Options(SlideOptions):
        weights: list[float]


class Mover(Slide):
    """Moves, then waits."""

    def construct(self) -> None:
        square = Square()
        with self.reveal("move", title="Move", description="A square moves."):
            self.play(ApplyMethod(square.shift, 3 * RIGHT))
        with self.reveal("wait", title="Wait", description="A second passes."):
            self.wait()


class Empty(Slide):
    def construct(self) -> None:
        self.add(Circle())


class Outside(Slide):
    def construct(self) -> None:
        with self.reveal("inside", title="Inside", description="A circle."):
            self.add(Circle())
        self.wait()


class Twice(Slide):
    def construct(self) -> None:
        for _ in range(2):
            with self.reveal("again", title="Again", description="A circle."):
                self.add(Circle())


class Nested(Slide):
    def construct(self) -> None:
        with (
            self.reveal("outer", title="Outer", description="A circle."),
            self.reveal("inner", title="Inner", description="A circle."),
        ):
            self.add(Circle())


class Misnamed(Slide):
    def construct(self) -> None:
        with self.reveal("The End", title="The end", description="A circle."):
            self.add(Circle())


class Refusing(Slide):
    def construct(self) -> None:
        raise SlideError("this cannot be drawn", hint="draw something else")


class Buggy(Slide):
    def construct(self) -> None:
        raise ZeroDivisionError


class Slow(Slide):
    """Says that it has begun, and does not end."""

    def construct(self) -> None:
        print("begun", file=sys.stderr, flush=True)  # noqa: T201 - to the test
        while True:
            signal.pause()


NOT_A_SLIDE = 3
