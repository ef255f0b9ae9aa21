"""A package with a kind of slide of its own, as the README describes it, installed beside deck."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

README = Path(__file__).parents[2] / "README.md"


def example() -> list[str]:
    """Return the example's code, its entry points, and a document that uses it."""
    text = README.read_text(encoding="utf-8").split("## Your own kind of slide")[1]
    found = [
        re.search(rf"^(`{{3,4}}){kind}\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
        for kind in ("python", "toml", "markdown")
    ]
    return [match[2] for match in found if match]


def wheel(folder: Path, code: str, entry_points: dict[str, str], group: str = "deck.slides") -> Path:
    """Return a wheel of one module, made without a build tool, which would have to be fetched."""
    path = folder / "my_slides-1.0-py3-none-any.whl"
    offers = "\n".join(f"{kind} = {target}" for kind, target in entry_points.items())
    files = {
        "my_slides.py": code,
        "my_slides-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: my-slides\nVersion: 1.0\n",
        "my_slides-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "my_slides-1.0.dist-info/entry_points.txt": f"[{group}]\n{offers}\n",
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)
        file.writestr("my_slides-1.0.dist-info/RECORD", "".join(f"{name},,\n" for name in files))
    return path


def installed(folder: Path, code: str, offers: dict[str, str], group: str) -> Callable[..., CompletedProcess[str]]:
    """Install a package beside deck, and return the way to run the command with it."""
    site, pip = folder / "site", [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--target", str(site), str(wheel(folder, code, offers, group))], check=True)

    def deck(*arguments: str) -> CompletedProcess[str]:
        environment = os.environ | {"PYTHONPATH": str(site)}
        command = [sys.executable, "-m", "deck", *arguments]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    return deck


def test_the_readmes_package_offers_its_kind(tmp_path: Path) -> None:
    code, toml, document = example()
    deck = installed(tmp_path, code, tomllib.loads(toml)["project"]["entry-points"]["deck.slides"], "deck.slides")
    (tmp_path / "talk.md").write_text(document, encoding="utf-8")

    listed = deck("list", "talk.md", "--quality", "draft")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "box: A box\n    A square, 3.0 units a side, appears." in listed.stdout
    (tmp_path / "talk.md").write_text(document.replace("side: 3", "side: 9"), encoding="utf-8")
    refused = deck("build", "talk.md")
    assert refused.stderr.startswith("talk.md:5: option 'side' cannot be 9")


def test_the_example_is_short() -> None:
    assert sum(len(part.splitlines()) for part in example()) <= 30


RULES = """
from deck.check.rules import Rule
from deck.check.talk import Finding


def shouting(talk):
    for slide in talk.slides:
        if slide.slide.title.isupper():
            said = {"sentence": "the title shouts", "hint": "use small letters"}
            yield Finding(rule="no-shouting", slide=slide.id, reveal="", line=slide.line(), **said)


NO_SHOUTING = Rule("No title is all capitals.", shouting)
"""


def test_a_package_may_add_a_rule(tmp_path: Path) -> None:
    deck = installed(tmp_path, RULES, {"no-shouting": "my_slides:NO_SHOUTING"}, "deck.rules")
    (tmp_path / "talk.md").write_text("## LOUD\n\nText.\n", encoding="utf-8")

    checked = deck("check", "talk.md", "--quality", "draft")

    assert "talk.md:3: loud: the title shouts [no-shouting]" in checked.stdout
    assert "no-shouting  " in deck("check", "--help").stdout
    assert "flat-map  " in deck("check", "--help").stdout


@pytest.mark.parametrize(
    ("offers", "said"),
    [
        ({"odd": "my_slides:shouting"}, "offers 'my_slides:shouting' as rule 'odd', which is no"),
        ({"overlap": "my_slides:NO_SHOUTING"}, "offers 'my_slides:NO_SHOUTING' as rule 'overlap', which is no"),
        ({"gone": "my_slides:GONE"}, "package my-slides cannot load its rule 'gone': AttributeError: "),
    ],
    ids=["no rule", "a name that is taken", "not there"],
)
def test_what_is_no_rule_is_told(tmp_path: Path, offers: dict[str, str], said: str) -> None:
    deck = installed(tmp_path, RULES, offers, "deck.rules")
    (tmp_path / "talk.md").write_text("## A\n\nText.\n", encoding="utf-8")

    checked = deck("check", "talk.md", "--quality", "draft")

    assert checked.returncode == 1
    assert checked.stderr.startswith(f"package my-slides {said.removeprefix('package my-slides ')}"), checked.stderr
    assert len(checked.stderr.splitlines()) == 2


FORMATS = """
def write(deck, path, studio):
    path.write_text("".join(f"{slide.title}\\n" for slide in deck.slides))


NOTHING = 1
"""


def test_a_package_may_add_a_format(tmp_path: Path) -> None:
    offers = {"outline": "my_slides:write", "nothing": "my_slides:NOTHING"}
    deck = installed(tmp_path, FORMATS, offers, "deck.formats")
    (tmp_path / "talk.md").write_text("## One\n\nText.\n\n## Two\n\nText.\n", encoding="utf-8")

    written = deck("build", "talk.md", "--quality", "draft", "-o", "talk.outline", "-o", "talk.html")
    assert (written.returncode, (tmp_path / "talk.outline").read_text()) == (0, "One\nTwo\n")
    refused = deck("build", "talk.md", "-o", "talk.nothing")
    assert refused.stderr.startswith("package my-slides offers 'my_slides:NOTHING' as format 'nothing', which is no f")
    unknown = deck("build", "talk.md", "-o", "talk.docx")
    assert "use .html, .mp4, .png, .nothing, .outline or a FOLDER/." in unknown.stderr
