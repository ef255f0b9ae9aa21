"""The repository itself: locks, and no addresses of package indexes."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
MADE = {".git", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__", "build", "dist"}
INDEX_ADDRESS = re.compile(
    r"\b(pypi\.org|pythonhosted\.org|pypi\.python\.org|npmjs\.(org|com)|deb\.debian\.org|proxy\.golang\.org|crates\.io)"
    r"|--(extra-)?index-url\s*[=\s]\s*\S|--(find-links|trusted-host)\s*[=\s]\s*\S"
)


def files() -> Iterator[Path]:
    for top in ROOT.iterdir():
        if top.is_dir() and top.name not in MADE and not top.name.startswith(".venv"):
            yield from (file for file in top.rglob("*") if file.is_file() and not MADE.intersection(file.parts))
        elif top.is_file():
            yield top


def pins(lock: str) -> dict[str, list[str]]:
    """Return the pinned versions of each package; one lock serves several Pythons and systems, so there may be two."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE):
        found.setdefault(name, []).append(version)
    return found


def wanted() -> dict[str, list[str]]:
    """Return what each lock has to pin, from pyproject.toml."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    building = table["project"]["dependencies"]
    extra = [line for lines in table["project"]["optional-dependencies"].values() for line in lines]
    return {
        "requirements.lock": building,
        "requirements-dev.lock": [*building, *extra, *table["dependency-groups"]["dev"]],
    }


def test_no_file_names_a_package_index() -> None:
    found = {str(file.relative_to(ROOT)) for file in files() if INDEX_ADDRESS.search(file.read_text("utf-8", "ignore"))}

    assert found == set()


@pytest.mark.parametrize(
    "line",
    ["https://" + "pypi" + ".org/simple", "--index" + "-url file:///somewhere", "--find" + "-links=wheels"],
)
def test_an_address_of_a_package_index_is_found(line: str) -> None:
    assert INDEX_ADDRESS.search(line)


@pytest.mark.parametrize("lock", wanted())
def test_the_lock_pins_every_dependency_to_a_version_that_fits(lock: str) -> None:
    pinned = pins(lock)
    requirements = [Requirement(line) for line in wanted()[lock]]
    versions = {wish: pinned.get(canonicalize_name(wish.name), []) for wish in requirements}

    assert {
        str(wish) for wish, found in versions.items() if not found or not all(map(wish.specifier.contains, found))
    } == set()


@pytest.mark.parametrize("folder", [".ci/js", ".ci/bench"])
def test_the_lock_pins_every_package_of_npm_to_its_bytes_wherever_they_come_from(folder: str) -> None:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = json.loads((ROOT / folder / "package.json").read_text("utf-8"))["devDependencies"]

    assert packages.pop("")["devDependencies"] == wanted
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert {name for name, facts in packages.items() if "integrity" not in facts or "resolved" in facts} == set()


def test_building_and_testing_use_the_same_versions() -> None:
    building, testing = pins("requirements.lock"), pins("requirements-dev.lock")

    assert {name: testing.get(name) for name in building} == building
