import json
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deck import cache
from deck.cache import KEPT_SECONDS, Store
from deck.inputs import fingerprint

KEY = "0" * 64


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    path.write_bytes(b"one")
    return path


def age(store: Store, seconds: float) -> None:
    then = time.time() - seconds
    for path in store.folder.rglob("*"):
        os.utime(path, (then, then))


def test_what_was_put_in_is_found(store: Store) -> None:
    assert store.get(KEY) is None
    assert store.path(KEY) is None

    store.put(KEY, b"recording")

    assert store.get(KEY) == b"recording"
    path = store.path(KEY)
    assert path is not None
    assert path.read_bytes() == b"recording"


def test_it_is_found_only_as_long_as_its_files_are_as_they_were(store: Store, photo: Path) -> None:
    store.put(KEY, b"of the first", {str(photo): fingerprint(str(photo))})

    photo.write_bytes(b"two")
    assert store.get(KEY) is None
    photo.unlink()
    assert store.get(KEY) is None
    photo.write_bytes(b"one")
    assert store.get(KEY) == b"of the first"


def test_a_file_that_was_looked_for_in_vain_must_not_appear(store: Store, tmp_path: Path) -> None:
    store.put(KEY, b"without", {str(tmp_path / "optional.txt"): ""})
    assert store.get(KEY) == b"without"

    (tmp_path / "optional.txt").touch()

    assert store.get(KEY) is None


def test_an_edit_that_is_taken_back_costs_nothing(store: Store, photo: Path) -> None:
    for content in (b"one", b"two", b"three"):
        photo.write_bytes(content)
        store.put(KEY, b"of " + content, {str(photo): fingerprint(str(photo))})

    for content in (b"two", b"one", b"three"):
        photo.write_bytes(content)
        assert store.get(KEY) == b"of " + content


@pytest.mark.parametrize(
    "damage",
    [
        lambda found, _: found.write_bytes(b"rec"),
        lambda found, _: found.write_bytes(b"recoding"),
        lambda found, _: found.unlink(),
        lambda _, key: key.unlink(),
        lambda _, key: key.write_text('[{"files": {}, "obj'),
        lambda _, key: key.write_text("{}"),
        lambda _, key: key.write_text("[1]"),
        lambda _, key: key.write_text('[{"files": [], "object": ""}]'),
    ],
    ids=["cut short", "changed", "missing", "no key", "half a key", "empty key", "foreign key", "odd key"],
)
def test_what_is_damaged_is_not_used_and_makes_way(store: Store, damage: Callable[[Path, Path], None]) -> None:
    found = store.put(KEY, b"recording")

    damage(found, store.folder / "keys" / f"{KEY}.json")

    assert store.get(KEY) is None
    store.put(KEY, b"recording")
    assert store.get(KEY) == b"recording"


def test_builds_that_put_in_the_same_do_not_disturb_each_other(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.put(KEY, b"%d" % (number % 3)), range(24)))

    assert store.get(KEY) in {b"0", b"1", b"2"}
    assert not [path for path in store.folder.rglob(".*") if path.name != ".gitignore"]


def test_what_is_used_stays_and_what_is_not_goes_in_time(store: Store) -> None:
    store.put("used", b"used")
    store.put("forgotten", b"forgotten")
    age(store, KEPT_SECONDS + 60)
    assert store.get("used") == b"used"

    store.prune()

    assert store.get("used") == b"used"
    assert store.get("forgotten") is None
    assert len(list((store.folder / "objects").iterdir())) == 1


def test_the_oldest_goes_when_there_is_too_much(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "KEPT_BYTES", 1000)
    store.put("old", b"o" * 600)
    age(store, cache.IN_USE_SECONDS + 60)
    store.put("new", b"n" * 600)

    store.prune()

    assert store.get("old") is None
    assert store.get("new") is not None


def test_what_another_build_may_be_using_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "KEPT_BYTES", 0)
    store.put(KEY, b"recording")

    store.prune()

    assert store.get(KEY) == b"recording"


def test_a_store_can_be_moved(store: Store, tmp_path: Path) -> None:
    store.put(KEY, b"recording")

    shutil.move(store.folder, tmp_path / "moved")

    assert Store(tmp_path / "moved").get(KEY) == b"recording"


def test_git_ignores_a_store(store: Store) -> None:
    store.put(KEY, b"recording")

    assert (store.folder / ".gitignore").read_text() == "*\n"


def test_a_store_is_cleared_and_a_folder_that_is_none_stays(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "talk.md").touch()
    store.put(KEY, b"recording")

    assert store.clear()
    assert not store.folder.exists()
    assert not store.clear()
    assert not Store(tmp_path / "mine").clear()
    assert (tmp_path / "mine" / "talk.md").exists()


def test_how_long_things_took_is_remembered(store: Store) -> None:
    assert store.seconds == {}

    store.note_seconds({"a": 1.5, "b": 2})
    store.note_seconds({"b": 3})

    assert store.seconds == {"a": 1.5, "b": 3}
    (store.folder / "seconds.json").write_text(json.dumps([1]))
    assert store.seconds == {}
