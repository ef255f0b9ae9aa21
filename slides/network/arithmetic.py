"""
The arithmetic of convolution layers: sizes, parameters, multiply-accumulates, receptive fields.

References
----------
V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning", 2016, arXiv 1603.07285.
A. Araujo, W. Norris and J. Sim, "Computing receptive fields of convolutional neural networks", Distill, 2019,
doi 10.23915/distill.00021.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from slides.network.errors import ShapeError

__all__ = [
    "ReceptiveField",
    "Shape",
    "ShapeError",
    "check_stride",
    "multiply_accumulates",
    "output_size",
    "parameters",
    "same_padding",
]


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a layer's maps, in cells: ``str(Shape(112, 112, 32))`` is ``112×112×32``."""

    height: int
    width: int
    channels: int

    def __str__(self) -> str:
        return f"{self.height}×{self.width}×{self.channels}"

    @classmethod
    def of(cls, maps: NDArray[Any]) -> Shape:
        """
        Return the shape of an array (H, W, C); one of (H, W) has one channel.

        Raises
        ------
        ShapeError
            If the array has another number of axes.
        """
        if maps.ndim not in (2, 3):
            raise ShapeError(f"maps have two or three axes, these have {maps.ndim}", hint="pass (H, W) or (H, W, C)")
        return cls(*maps.shape, *(() if maps.ndim == 3 else (1,)))

    @property
    def values(self) -> int:
        """How many numbers the maps hold."""
        return self.height * self.width * self.channels


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """
    The pixels that the cells of a layer see along one axis.

    Parameters
    ----------
    size
        Pixels that one cell sees.
    jump
        Pixels between the fields of neighbouring cells.
    start
        First pixel that cell 0 sees; negative where that is padding.

    Notes
    -----
    The recurrences of Araujo et al. 2019, from the input to the output. The default is a pixel, which sees itself.
    """

    size: int = 1
    jump: int = 1
    start: int = 0

    def through(self, kernel: int, stride: int = 1, padding: int = 0) -> ReceptiveField:
        """Return the field one layer on; ``padding`` is what the layer adds before the first cell."""
        return ReceptiveField(
            size=self.size + (kernel - 1) * self.jump,
            jump=self.jump * stride,
            start=self.start - padding * self.jump,
        )

    def pixels(self, cell: int, *, within: int | None = None) -> range:
        """
        Return the pixels that one cell sees.

        Parameters
        ----------
        cell
            Index of the cell along the axis.
        within
            Pixels of the image; clips the padding away. Without it the range may leave the image on both sides.
        """
        first = self.start + cell * self.jump
        seen = range(first, first + self.size)
        return seen if within is None else range(max(seen.start, 0), min(seen.stop, within))


def output_size(size: int, kernel: int, *, stride: int = 1, padding: int = 0) -> int:
    """
    Return how many positions a kernel takes along one axis: floor((size + 2·padding − kernel) / stride) + 1.

    Parameters
    ----------
    size, kernel, stride, padding
        In cells; ``padding`` is added on both sides.

    Raises
    ------
    ShapeError
        If the padded input is smaller than the kernel, or a size, kernel or stride is below 1, or padding below 0.

    References
    ----------
    Dumoulin and Visin 2016, relationship 6.
    """
    given = {"size": (size, 1), "kernel": (kernel, 1), "stride": (stride, 1), "padding": (padding, 0)}
    for name, (value, least) in given.items():
        if value < least:
            raise ShapeError(f"a {name} of {value} makes no sense", hint=f"use a {name} of at least {least}")
    if kernel > size + 2 * padding:
        needed = -(-(kernel - size) // 2)
        raise ShapeError(
            f"a kernel of {kernel} does not fit into {size} cells with padding {padding}",
            hint=f"use a kernel of at most {size + 2 * padding} or a padding of at least {needed}",
        )
    return (size + 2 * padding - kernel) // stride + 1


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """
    Return TensorFlow's "SAME" padding, before and after: the output has ceil(size / stride) cells.

    An odd total puts the spare cell after, so a stride of 2 on an even size pads one side only.
    """
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def check_stride(stride: int, *, size: int, kernel: int, padding: int = 0, layer: str) -> int:
    """
    Return the stride if the kernel's last window ends where the padded input ends.

    Parameters
    ----------
    stride, size, kernel, padding
        In cells along one axis; ``padding`` is added on both sides.
    layer
        Named in the error.

    Raises
    ------
    ShapeError
        If the stride does not divide size + 2·padding − kernel, is below 1 or larger than the input; the hint gives the
        nearest strides that fit. Also where `output_size` raises one.

    References
    ----------
    Stanford CS231n, "Convolutional neural networks", on the constraint that strides place.
    """
    output_size(size, kernel, padding=padding)
    span = size + 2 * padding - kernel
    fitting = [candidate for candidate in range(1, size + 1) if span % candidate == 0]
    if stride in fitting:
        return stride
    below = [candidate for candidate in fitting if candidate < stride][-1:]
    above = [candidate for candidate in fitting if candidate > stride][:1]
    raise ShapeError(
        f"stride {stride} does not fit layer '{layer}': a kernel of {kernel} on {size} cells with padding {padding} "
        f"has {span} steps to go",
        hint=_use("stride", below + above),
    )


def _use(name: str, values: list[int]) -> str:
    return f"use a {name} of {' or '.join(map(str, values))}"


def parameters(kernel: int, channels_in: int, channels_out: int, *, bias: bool = True, groups: int = 1) -> int:
    """
    Return how many numbers a convolution learns: K·K·C_in/groups·C_out, and C_out more with biases.

    Raises
    ------
    ShapeError
        If ``groups`` does not divide both channel counts.
    """
    return kernel**2 * _channels_per_group(channels_in, channels_out, groups) * channels_out + bias * channels_out


def multiply_accumulates(output: Shape, kernel: int, channels_in: int, *, groups: int = 1) -> int:
    """
    Return the multiply-accumulates of one convolution: one per weight and output position, biases not counted.

    Raises
    ------
    ShapeError
        If ``groups`` does not divide both channel counts.
    """
    return output.values * kernel**2 * _channels_per_group(channels_in, output.channels, groups)


def _channels_per_group(channels_in: int, channels_out: int, groups: int) -> int:
    if groups < 1 or channels_in % groups or channels_out % groups:
        raise ShapeError(
            f"{groups} groups do not divide {channels_in} input and {channels_out} output channels",
            hint="the number of groups divides both",
        )
    return channels_in // groups
