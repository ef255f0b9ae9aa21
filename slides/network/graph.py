"""
EfficientNet-Lite0 as a table: each layer's convolutions, shape, parameters and receptive field, without its weights.

References
----------
M. Tan and Q. Le, "EfficientNet: rethinking model scaling for convolutional neural networks", ICML 2019, table 1.
EfficientNet-Lite leaves out squeeze-and-excitation and rectifies with ReLU6 in place of swish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from slides.network.arithmetic import ReceptiveField, Shape, multiply_accumulates, parameters, same_padding
from slides.network.errors import look_up

INPUT = Shape(224, 224, 3)
STEM_CHANNELS, HEAD_CHANNELS = 32, 1280
STAGES = (
    # repeats, kernel, stride of the first, expansion, channels out
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Convolution:
    """
    One convolution with "SAME" padding.

    Attributes
    ----------
    source
        Its name in the file of weights, and that of the batch norm behind it.
    depthwise
        Whether each filter sees one channel only.
    rectified
        Whether ReLU6 follows.
    """

    source: tuple[str, str]
    kernel: int = 1
    stride: int = 1
    channels_in: int
    channels_out: int
    depthwise: bool = False
    rectified: bool = True

    @property
    def groups(self) -> int:
        """The number of groups that the channels fall into; a filter sees the channels of its own group only."""
        return self.channels_in if self.depthwise else 1

    def padding(self, size: int) -> tuple[int, int]:
        """Return the zeros before and after an input of ``size`` cells, which stride 2 may make unequal."""
        return same_padding(size, self.kernel, self.stride)

    def output(self, shape: Shape) -> Shape:
        """Return the shape of the maps made from maps of ``shape``."""
        return Shape(-(-shape.height // self.stride), -(-shape.width // self.stride), self.channels_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """
    A layer with a name: the stem, a block of up to three convolutions, or the head.

    Attributes
    ----------
    name
        ``stem``, ``block-0`` to ``block-15`` or ``head``.
    convolutions
        In order; the layer's maps are those of the last.
    skip
        Whether the layer's input is added to its maps.
    shape
        Of its maps.
    parameters, parameters_so_far
        Weights and biases of this layer, and of all up to it. Batch norms are folded in: they count as the biases.
    multiply_accumulates
        For one photo, biases not counted.
    field
        What a cell sees on the photo, the same along both axes.
    """

    name: str
    convolutions: tuple[Convolution, ...]
    skip: bool
    shape: Shape
    parameters: int
    parameters_so_far: int
    multiply_accumulates: int
    field: ReceptiveField

    @property
    def rectified(self) -> bool:
        """Whether its maps are 0 to 6, after ReLU6; otherwise they are signed."""
        return self.convolutions[-1].rectified

    def seen(self, row: int, column: int) -> tuple[range, range]:
        """Return the photo's rows and columns that one cell sees, clipped to the photo."""
        return self.field.pixels(row, within=INPUT.height), self.field.pixels(column, within=INPUT.width)


def layer(name: str) -> Layer:
    """
    Return the layer of that name.

    Raises
    ------
    UnknownNameError
        If there is none; the hint gives the nearest, or all.
    """
    return look_up(LAYERS, name, kind="layer")


def _convolutions() -> Iterator[tuple[str, tuple[Convolution, ...]]]:
    stem = Convolution(source=("_conv_stem", "_bn0"), kernel=3, stride=2, channels_in=3, channels_out=STEM_CHANNELS)
    yield "stem", (stem,)
    channels, number = STEM_CHANNELS, 0
    for repeats, kernel, first_stride, expansion, channels_out in STAGES:
        for repeat in range(repeats):
            stride = 1 if repeat else first_stride
            depthwise = {"kernel": kernel, "stride": stride}
            yield f"block-{number}", _block(number, (channels, channels * expansion, channels_out), **depthwise)
            channels, number = channels_out, number + 1
    head = Convolution(source=("_conv_head", "_bn1"), channels_in=channels, channels_out=HEAD_CHANNELS)
    yield "head", (head,)


def _block(number: int, channels: tuple[int, int, int], *, kernel: int, stride: int) -> tuple[Convolution, ...]:
    """Return an inverted bottleneck: widen, filter each channel by itself, narrow without rectifying."""

    def source(convolution: str, norm: int) -> tuple[str, str]:
        return f"_blocks.{number}._{convolution}_conv", f"_blocks.{number}._bn{norm}"

    channels_in, inner, channels_out = channels
    expand = Convolution(source=source("expand", 0), channels_in=channels_in, channels_out=inner)
    depthwise = Convolution(
        source=source("depthwise", 1),
        kernel=kernel,
        stride=stride,
        channels_in=inner,
        channels_out=inner,
        depthwise=True,
    )
    project = Convolution(source=source("project", 2), channels_in=inner, channels_out=channels_out, rectified=False)
    return (depthwise, project) if inner == channels_in else (expand, depthwise, project)


def _layers() -> Iterator[Layer]:
    shape, field, total = INPUT, ReceptiveField(), 0
    for name, convolutions in _convolutions():
        before, own, operations = shape, 0, 0
        for step in convolutions:
            # a skip sees no more than the convolutions it passes by, so they alone decide the field
            field = field.through(step.kernel, step.stride, step.padding(shape.height)[0])
            shape = step.output(shape)
            own += parameters(step.kernel, step.channels_in, step.channels_out, groups=step.groups)
            operations += multiply_accumulates(shape, step.kernel, step.channels_in, groups=step.groups)
        total += own
        yield Layer(
            name=name,
            convolutions=convolutions,
            skip=shape == before,
            shape=shape,
            parameters=own,
            parameters_so_far=total,
            multiply_accumulates=operations,
            field=field,
        )


LAYERS: Mapping[str, Layer] = MappingProxyType({found.name: found for found in _layers()})
"""Every layer by its name, from the photo to the classifier."""
