import hashlib
import json
import os
import shutil
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, suppress
from pathlib import Path

import pytest

from deck.build import store as cache
from deck.build.dependencies import fingerprint
from deck.build.place import Place
from deck.build.store import KEPT_SECONDS, Store, Variant
from deck.errors import OutputError

KEY, USED, FORGOTTEN, OLD, NEW = (str(digit) * 64 for digit in range(5))


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
    store.put(USED, b"used")
    store.put(FORGOTTEN, b"forgotten")
    age(store, KEPT_SECONDS + 60)
    assert store.get(USED) == b"used"

    store.prune()

    assert store.get(USED) == b"used"
    assert store.get(FORGOTTEN) is None
    assert len(list((store.folder / "objects").iterdir())) == 1


def test_the_oldest_goes_when_there_is_too_much(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "KEPT_BYTES", 1000)
    store.put(OLD, b"o" * 600)
    age(store, cache.IN_USE_SECONDS + 60)
    store.put(NEW, b"n" * 600)

    store.prune()

    assert store.get(OLD) is None
    assert store.get(NEW) is not None


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


def key_file(store: Store, key: str = KEY) -> Path:
    return store.folder / "keys" / f"{key}.json"


def facts(store: Store, **changes: object) -> str:
    """Return what the file of the key would be with other facts."""
    told = json.loads(key_file(store).read_text())
    return json.dumps([{**told[0], **changes}])


def sealed(store: Store, **changes: object) -> str:
    """Return the same with a seal that fits, as somebody may well make it who reads this project's code."""
    told = json.loads(facts(store, **changes))[0]
    return facts(store, **changes, seal=Variant(**told).sealed(KEY))


def instead(make: Callable[[Path], None], name: str) -> Callable[[Store], None]:
    """Return what puts something else in the place of a file or a folder of a store."""

    def craft(store: Store) -> None:
        path = store.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        make(path)

    return craft


def told(text: str | bytes) -> Callable[[Store], None]:
    """Return what writes something into the key's file."""
    data = text.encode() if isinstance(text, str) else text
    return lambda store: ignored(key_file(store).write_bytes(data))


def fact(**changes: object) -> Callable[[Store], None]:
    """Return what changes a fact under an old seal."""
    return lambda store: ignored(key_file(store).write_text(facts(store, **changes)))


def seal(**changes: object) -> Callable[[Store], None]:
    """Return what changes a fact and seals it."""
    return lambda store: ignored(key_file(store).write_text(sealed(store, **changes)))


def ignored(_: object) -> None:
    pass


def socket_at(path: Path) -> None:
    with chdir(path.parent), socket.socket(socket.AF_UNIX) as bound:
        bound.bind(path.name)


def of_another_key(store: Store) -> None:
    store.put(USED, b"x")
    key_file(store, USED).replace(key_file(store))


OBJECT = hashlib.sha256(b"recording").hexdigest()
OF_ANOTHER = hashlib.sha256(b"x").hexdigest()

CRAFTED: dict[str, Callable[[Store], None]] = {
    "deep JSON": told("[" * 100_000),
    "a deep fact": told('[{"files":' + "[" * 900 + "]" * 900 + "}]"),
    "a number of a million digits": told("1" * 1_000_000),
    "not a number": told('[{"files": NaN, "object": Infinity}]'),
    "a number for a text": seal(object=1),
    "a list for a text": seal(place=[]),
    "a text for a list": told('"objects"'),
    "a fact more": fact(more=1),
    "files in a list": fact(files=[["a", "b"]]),
    "a huge number for a hash": seal(files={"/": 10**400}),
    "bytes that are no text": told(b"\xff\xfe\x00\xd8"),
    "no bytes at all": told(b""),
    "too many bytes": told(b" " * (cache.LARGEST_NOTES + 1) + b"[]"),
    "a way out for an object": seal(object="../../victim"),
    "an object elsewhere": seal(object="/etc/passwd"),
    "another's object": fact(object=OF_ANOTHER),
    "another's key": of_another_key,
    "a pipe for a key": instead(os.mkfifo, f"keys/{KEY}.json"),
    "a folder for a key": instead(Path.mkdir, f"keys/{KEY}.json"),
    "a file for all keys": instead(Path.touch, "keys"),
    "a pipe for all keys": instead(os.mkfifo, "keys"),
    "a pipe for an object": instead(os.mkfifo, f"objects/{OBJECT}"),
    "a folder for an object": instead(Path.mkdir, f"objects/{OBJECT}"),
    "a socket for an object": instead(socket_at, f"objects/{OBJECT}"),
    "a file for all objects": instead(Path.touch, "objects"),
}


@pytest.mark.parametrize("craft", CRAFTED.values(), ids=CRAFTED)
def test_what_somebody_crafted_is_not_used_and_makes_way(store: Store, craft: Callable[[Store], None]) -> None:
    store.put(KEY, b"recording")
    craft(store)

    again = Store(store.folder)
    assert again.get(KEY) is None
    assert again.inputs() == set()
    again.put(KEY, b"recording")

    assert again.damaged == {KEY}
    assert Store(store.folder).get(KEY) == b"recording"
    assert Store(store.folder).damaged == set()


@pytest.mark.parametrize(
    "rubbish", ["[1]", "[" * 100_000, '{"a": "b", "c": -1, "d": 1e99, "e": true, "f": NaN}', "1" * 9999, ""]
)
def test_rubbish_for_durations_is_forgotten(store: Store, rubbish: str) -> None:
    store.note_seconds({"a": 1})
    (store.folder / "seconds.json").write_text(rubbish)

    assert store.seconds == {}
    store.note_seconds({"b": 2})
    assert store.seconds == {"b": 2.0}


def test_what_is_damaged_is_told_of_and_what_was_edited_is_not(store: Store, photo: Path) -> None:
    store.put(KEY, b"of the first", {str(photo): fingerprint(str(photo))})
    store.put(USED, b"of none")
    photo.write_bytes(b"two")
    (store.folder / "keys" / f"{USED}.json").write_bytes(b"rubbish")

    assert (store.get(KEY), store.get(USED), store.get(OLD)) == (None, None, None)
    assert store.damaged == {USED}


def victim_of(tmp_path: Path) -> Path:
    """Return a folder of somebody's with an old file in it, called as the store calls its own."""
    victim = tmp_path / "victim"
    victim.mkdir()
    for name in ("thesis.tex", OBJECT, f"{KEY}.json", "seconds.json"):
        (victim / name).write_text("precious")
        os.utime(victim / name, (1e9, 1e9))
    return victim


def aside(path: Path, target: Path) -> None:
    """Put a link in the place of whatever stands somewhere."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize(
    "name",
    ["", "objects", "keys", f"objects/{OBJECT}", f"keys/{KEY}.json", "seconds.json", ".gitignore", "keys/lost", "more"],
)
@pytest.mark.parametrize("to", ["victim", "victim/thesis.tex", "nowhere"])
def test_a_store_with_a_link_in_it_is_refused(store: Store, tmp_path: Path, name: str, to: str) -> None:
    victim = victim_of(tmp_path)
    before = {path.name: path.stat().st_mtime for path in victim.iterdir()}
    store.put(KEY, b"recording")
    aside(store.folder / name, tmp_path / to)

    with pytest.raises(OutputError, match="is a symbolic link") as caught:
        Store(store.folder)

    assert caught.value.hint
    assert {path.name: path.stat().st_mtime for path in victim.iterdir()} == before


@pytest.mark.parametrize("name", ["objects", "keys"])
def test_a_link_that_comes_later_is_not_followed_either(store: Store, tmp_path: Path, name: str) -> None:
    victim = victim_of(tmp_path)
    before = {path.name: path.read_text() for path in victim.iterdir()}
    store.put(KEY, b"recording")
    aside(store.folder / name, victim)

    store.prune()
    store.clear()
    for act in (lambda: store.put(KEY, b"another"), lambda: store.get(KEY)):
        with suppress(OutputError):
            act()

    assert {path.name: path.read_text() for path in victim.iterdir()} == before


def test_pruning_and_clearing_leave_what_is_somebody_elses(store: Store) -> None:
    store.put(KEY, b"recording")
    store.note_seconds({"a": 1})
    (store.folder / "keys" / f".deck-{'0' * 16}").touch()
    others = [
        "keys/notes.json",
        "keys/thesis.tex",
        f"objects/{'A' * 64}",
        "objects/.hidden",
        f"objects/{'0' * 63}",
        "mine",
    ]
    for name in others:
        (store.folder / name).touch()
    (store.folder / "objects" / ("1" * 64)).mkdir()
    age(store, KEPT_SECONDS + 60)

    store.prune()
    assert Store(store.folder).get(KEY) is None
    assert not (store.folder / "keys" / f".deck-{'0' * 16}").exists()
    store.put(KEY, b"recording")
    assert store.clear()

    left = {str(path.relative_to(store.folder)) for path in store.folder.rglob("*")}
    assert left == {*others, "keys", "objects", f"objects/{'1' * 64}"}
    assert {str(path) for path in store.left()} == {*others, f"objects/{'1' * 64}"}


def test_a_copy_of_a_folder_with_its_store_is_as_good(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "photo.png").write_bytes(b"one")
    first, second = (Place(str(tmp_path / name), str(tmp_path / name)) for name in ("first", "second"))
    photo = tmp_path / "first" / "photo.png"
    Store(tmp_path / "first" / "store", first).put(KEY, b"of one", {str(photo): fingerprint(str(photo))})
    shutil.copytree(tmp_path / "first" / "store", tmp_path / "second" / "store")
    copy = Store(tmp_path / "second" / "store", second)

    photo.unlink()
    assert copy.get(KEY) == b"of one"
    assert copy.inputs() == {str(tmp_path / "second" / "photo.png")}
    (tmp_path / "second" / "photo.png").write_bytes(b"two")
    assert copy.get(KEY) is None


def test_what_depends_on_a_file_elsewhere_is_of_its_own_place(tmp_path: Path, photo: Path) -> None:
    first, second = (Place(str(tmp_path / name), str(tmp_path / name)) for name in ("first", "second"))
    Store(tmp_path / "store", first).put(KEY, b"of one", {str(photo): fingerprint(str(photo))})

    assert Store(tmp_path / "store", second).get(KEY) is None
    assert Store(tmp_path / "store", first).get(KEY) == b"of one"
