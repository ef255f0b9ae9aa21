"""
The other side: what a user without this project would run.

On the document's scenes that is ``../shared/bench/peer.py`` where it is at hand, and the same done here elsewhere:
the scenes become manim-slides slides with a pause at each bare ``self.wait()``, are rendered and converted. The
lecture's slides are manim-slides slides already.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from importlib.metadata import entry_points
from pathlib import Path

from deck.document import SlideBlock, read
from tests.bench.documents import SHARED, lecture, source
from tests.bench.measured import measured

__all__ = ["Figures", "of_lecture", "of_scenes"]

Figures = dict[str, float]

QUIET = ("--progress_bar", "none", "-v", "ERROR")


def of_scenes() -> Figures:
    """Render and convert the four scenes at 1080p60, and return the figures."""
    script = SHARED / "bench" / "peer.py"
    if script.exists():
        command = [sys.executable, str(script), str(source()), "--quality", "h"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        told = json.loads(done.stdout)
        return {
            "seconds": told["total_s"],
            "render": told["render_s"],
            "cpu": told["cpu_s"],
            "peak_kib": told["peak_kib"],
            "bytes": told["html_bytes"],
            "frames": told["frames"],
        }
    with tempfile.TemporaryDirectory() as name:
        module, names = slides_of(source().read_text(encoding="utf-8"))
        path = Path(name, "peer_scenes.py")
        path.write_text(module, encoding="utf-8")
        return rendered(Path(name), [(path, names)])


def of_lecture() -> Figures:
    """Render and convert the built-in lecture's four slides at 1080p60, and return the figures."""
    bodies = [section.body for section in read(lecture()).sections]
    offers = [entry_points(group="deck.slides", name=body.kind) for body in bodies if isinstance(body, SlideBlock)]
    places = [next(iter(offer)).value.split(":") for offer in offers]
    root = lecture().parents[1]
    with tempfile.TemporaryDirectory() as name:
        return rendered(Path(name), [(root / f"{module.replace('.', '/')}.py", [kind]) for module, kind in places])


def slides_of(document: str) -> tuple[str, list[str]]:
    """Return a module of slides made from a document's scenes, and their names."""
    blocks = re.findall(r"^```python\n(.*?)^```", document, re.DOTALL | re.MULTILINE)
    module = "from manim_slides.slide import Slide\n\n" + "\n\n".join(blocks)
    module = re.sub(r"^(class \w+)\(Scene\)", r"\1(Slide)", module, flags=re.MULTILINE)
    module = re.sub(r"self\.wait\(\)$", "self.next_slide()", module, flags=re.MULTILINE)
    return module, re.findall(r"^class (\w+)\(Slide\)", module, re.MULTILINE)


def rendered(folder: Path, parts: list[tuple[Path, list[str]]]) -> Figures:
    """Render slides from their files, convert them into one page, and return the figures."""
    tool = [sys.executable, "-m", "manim_slides"]
    render_command = [*tool, "render", "--quality", "h", *QUIET]
    renders = [measured([*render_command, str(path), *names], folder) for path, names in parts]
    names = [name for _, some in parts for name in some]
    convert = measured([*tool, "convert", "--to", "html", "--one-file", *names, "deck.html"], folder)
    render = sum(each["seconds"] for each in renders)
    return {
        "seconds": render + convert["seconds"],
        "render": render,
        "cpu": sum(each["cpu"] for each in (*renders, convert)),
        "peak_kib": max(each["peak_kib"] for each in (*renders, convert)),
        "bytes": (folder / "deck.html").stat().st_size,
    }
