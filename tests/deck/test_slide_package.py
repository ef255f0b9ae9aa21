"""A package with a kind of slide of its own, as the README describes it, installed beside deck."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"


def example() -> list[str]:
    """Return the example's code, its entry points, and a document that uses it."""
    text = README.read_text(encoding="utf-8").split("## Your own kind of slide")[1]
    found = [
        re.search(rf"^(`{{3,4}}){kind}\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
        for kind in ("python", "toml", "markdown")
    ]
    return [match[2] for match in found if match]


def wheel(folder: Path, code: str, entry_points: dict[str, str]) -> Path:
    """Return a wheel of one module, made without a build tool, which would have to be fetched."""
    path = folder / "my_slides-1.0-py3-none-any.whl"
    offers = "\n".join(f"{kind} = {target}" for kind, target in entry_points.items())
    files = {
        "my_slides.py": code,
        "my_slides-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: my-slides\nVersion: 1.0\n",
        "my_slides-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "my_slides-1.0.dist-info/entry_points.txt": f"[deck.slides]\n{offers}\n",
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)
        file.writestr("my_slides-1.0.dist-info/RECORD", "".join(f"{name},,\n" for name in files))
    return path


def test_the_readmes_package_offers_its_kind(tmp_path: Path) -> None:
    code, toml, document = example()
    offers = tomllib.loads(toml)["project"]["entry-points"]["deck.slides"]
    site, pip = tmp_path / "site", [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--target", str(site), str(wheel(tmp_path, code, offers))], check=True)
    (tmp_path / "talk.md").write_text(document, encoding="utf-8")

    def deck(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PYTHONPATH": str(site)}
        command = [sys.executable, "-m", "deck", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    listed = deck("list", "talk.md", "--quality", "draft")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "box: A box\n    A square, 3.0 units a side, appears." in listed.stdout
    (tmp_path / "talk.md").write_text(document.replace("side: 3", "side: 9"), encoding="utf-8")
    refused = deck("build", "talk.md")
    assert refused.stderr.startswith("talk.md:5: option 'side' cannot be 9")


def test_the_example_is_short() -> None:
    assert sum(len(part.splitlines()) for part in example()) <= 30
