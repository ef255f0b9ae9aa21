import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from deck.cache import IN_USE_SECONDS, Store, key
from deck.rendering import QUALITIES, Job

JOB = Job(
    kind="homemade:Slide",
    name="Intro",
    title="Intro",
    options="{}",
    reveals=("one",),
    quality=QUALITIES["draft"],
    reversed=False,
    folder="/",
)
NAME = "0" * 64


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of slides that nothing has imported yet."""
    folder = tmp_path / "homemade"
    (folder / "parts").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "parts" / "arrows.py").write_text("LENGTH = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def keep(store: Store, name: str = NAME, text: str = "clip") -> Path:
    """Put an entry of two files into a store and return its folder."""
    with store.workshop() as workshop:
        made = workshop / "made"
        (made / "slides").mkdir(parents=True)
        (made / "slides" / "one.mp4").write_text(text)
        (made / "one.png").write_text("picture")
        store.put(name, made)
    return store.folder / name


def age(path: Path) -> None:
    then = time.time() - IN_USE_SECONDS - 60
    os.utime(path, (then, then))


@pytest.mark.parametrize(
    "other",
    [
        replace(JOB, kind="homemade:Other"),
        replace(JOB, name="Intro2"),
        replace(JOB, title="Introduction"),
        replace(JOB, options='{"stride":2}'),
        replace(JOB, reveals=("one", "two")),
        replace(JOB, quality=QUALITIES["full"]),
        replace(JOB, reversed=True),
    ],
    ids=["kind", "name", "title", "options", "reveals", "quality", "reversed"],
)
def test_whatever_is_drawn_is_in_the_key(package: Path, other: Job) -> None:
    assert key(other) != key(JOB)
    assert key(replace(other)) == key(other)


def test_the_folder_of_the_document_is_in_no_key(package: Path) -> None:
    assert key(replace(JOB, folder="/elsewhere")) == key(JOB)


@pytest.mark.parametrize(
    "edit",
    [
        lambda package: (package / "parts" / "arrows.py").write_text("LENGTH = 2\n"),
        lambda package: (package / "new.py").write_text(""),
        lambda package: (package / "parts" / "arrows.py").unlink(),
    ],
    ids=["a module changed", "a module more", "a module less"],
)
def test_every_module_of_the_slides_package_is_in_the_key(package: Path, edit: Callable[[Path], None]) -> None:
    before = key(JOB)

    edit(package)

    assert key(JOB) != before


@pytest.mark.parametrize("absolute", [True, False], ids=["absolute", "relative"])
def test_the_bytes_of_a_file_that_an_option_names_are_in_the_key(package: Path, tmp_path: Path, absolute: bool) -> None:
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"one")
    named = f'{{"images": [{{"of": "{photo if absolute else photo.name}"}}]}}'
    job = replace(JOB, options=named, folder=str(tmp_path))
    before = key(job)

    photo.write_bytes(b"two")

    assert key(job) != before


@pytest.mark.parametrize("text", ["x" * 5000, "a\\u0000b", "", "/"], ids=["long", "null", "empty", "folder"])
def test_an_option_that_names_no_file_is_but_text(package: Path, text: str) -> None:
    assert key(replace(JOB, options=f'{{"greeting": "{text}"}}')) != key(JOB)


def test_what_was_put_in_is_found(store: Store) -> None:
    assert store.find(NAME) is None

    entry = keep(store)

    assert store.find(NAME) == entry
    assert (entry / "slides" / "one.mp4").read_text() == "clip"


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: (entry / "slides" / "one.mp4").write_text("cli"),
        lambda entry: (entry / "slides" / "one.mp4").write_text("clop"),
        lambda entry: (entry / "one.png").unlink(),
        lambda entry: (entry / "manifest.json").unlink(),
        lambda entry: (entry / "manifest.json").write_text('{"one.png": [7, "'),
        lambda entry: (entry / "manifest.json").write_text("{}"),
        lambda entry: (entry / "manifest.json").write_text("[1]"),
    ],
    ids=["cut short", "changed", "missing", "no manifest", "half a manifest", "empty manifest", "foreign manifest"],
)
def test_a_damaged_entry_is_not_used_and_makes_way(store: Store, damage: Callable[[Path], None]) -> None:
    entry = keep(store)

    damage(entry)

    assert store.find(NAME) is None
    assert not entry.exists()


def test_of_two_builds_that_make_one_entry_the_first_is_kept(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        entries = set(pool.map(lambda number: keep(store, text=f"clip {number}"), range(16)))

    assert [store.find(NAME)] == list(entries)
    assert not list(store.folder.glob("new-*"))


def test_a_damaged_entry_is_replaced_by_a_sound_one(store: Store) -> None:
    (keep(store) / "one.png").unlink()

    keep(store, text="better")

    assert (store.folder / NAME / "slides" / "one.mp4").read_text() == "better"
    assert store.find(NAME) is not None


def test_a_build_that_fails_leaves_no_workshop(store: Store) -> None:
    def build() -> None:
        with store.workshop() as workshop:
            (workshop / "half a clip").write_text("clip")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build()

    assert not list(store.folder.glob("new-*"))


def test_entries_of_the_last_builds_stay_and_older_ones_go(store: Store, tmp_path: Path) -> None:
    names = [str(digit) * 64 for digit in range(5)]
    for name in names:
        age(keep(store, name))
        store.prune(tmp_path / "talk.md", "draft", [name])

    assert [name for name in names if store.find(name)] == names[2:]


def test_a_build_in_another_quality_or_of_another_document_makes_nothing_stale(store: Store, tmp_path: Path) -> None:
    age(keep(store))
    store.prune(tmp_path / "talk.md", "full", [NAME])
    for number in range(5):
        store.prune(tmp_path / "talk.md", "draft", [f"{number}"])
        store.prune(tmp_path / "other.md", "full", [f"{number}"])

    assert store.find(NAME) is not None


def test_what_another_build_may_be_using_stays(store: Store, tmp_path: Path) -> None:
    keep(store)
    (store.folder / "new-other").mkdir()

    store.prune(tmp_path / "talk.md", "draft", [])

    assert store.find(NAME) is not None
    assert (store.folder / "new-other").exists()


def test_the_workshop_of_a_killed_build_goes_in_time_and_foreign_files_stay(store: Store, tmp_path: Path) -> None:
    keep(store)
    for name in ("new-killed", "mine"):
        (store.folder / name).mkdir()
        age(store.folder / name)

    store.prune(tmp_path / "talk.md", "draft", [])

    assert not (store.folder / "new-killed").exists()
    assert (store.folder / "mine").exists()


def test_a_store_can_be_moved(store: Store, tmp_path: Path) -> None:
    keep(store)

    shutil.move(store.folder, tmp_path / "moved")

    assert Store(tmp_path / "moved").find(NAME) == tmp_path / "moved" / NAME


def test_git_ignores_a_store(store: Store) -> None:
    keep(store)

    assert (store.folder / ".gitignore").read_text() == "*\n"
