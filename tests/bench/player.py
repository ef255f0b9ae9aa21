"""
What the player costs in the browser: ``python tests/bench/player.py PAGE``.

Frames are drawn at 1920×1080 without a graphics card, and one pixel is read back after each, so that the time to turn
it into pixels counts.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["player_figures"]

LOADS = 7

WAIT = """{
  let deck;
  Object.defineProperty(window, "deck", {
    get: () => deck,
    set: (value) => {
      deck = value;
      deck.ready.then(() => (window.readyAt = performance.now()));
    },
  });
}"""

FRAMES = """async () => {
  const drawWhole = Painter.prototype.drawWhole;
  const recordings = new Set();
  Painter.prototype.drawWhole = function (recording, frame) {
    recordings.add(recording);
    return drawWhole.call(this, recording, frame);
  };
  for (const section of document.querySelectorAll(".slides > section")) {
    location.hash = `#/${section.id}`;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  Painter.prototype.drawWhole = drawWhole;
  const canvas = Object.assign(document.createElement("canvas"), { width: 1920, height: 1080 });
  const painter = new Painter(canvas);
  const times = [];
  for (const recording of recordings) {
    for (let frame = 0; frame < recording.frames; frame += 1) {
      const start = performance.now();
      const drawn = painter.draw(recording, frame);
      canvas.getContext("2d").getImageData(0, 0, 1, 1);
      times.push([performance.now() - start, drawn]);
    }
  }
  return times;
}"""

ANSWERS = """async () => {
  const draw = Painter.prototype.draw;
  let drawn = false;
  Painter.prototype.draw = function (...args) {
    const changed = draw.apply(this, args);
    drawn ||= changed;
    return changed;
  };
  const press = (key) => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };
  const display = () => new Promise(requestAnimationFrame);
  const answers = [];
  press("Home");
  for (const pause of [...document.querySelectorAll(".pause")].slice(1)) {
    await display();
    await display();
    drawn = false;
    press("ArrowRight");
    let frames = 0;
    while (!drawn && frames < 60) {
      await display();
      frames += 1;
    }
    answers.push(frames);
    press("ArrowRight");
  }
  return answers;
}"""


def player_figures(page_file: Path) -> dict[str, float]:
    """
    Measure how a deck's page does in a real Chromium.

    Parameters
    ----------
    page_file
        A page of recordings.

    Returns
    -------
    dict
        ``ready_ms`` from the start of the navigation to the first pause; ``frame_median_ms`` and ``frame_p95_ms`` for
        the frames in which something changes; ``answer_frames``, of the display, from a key to the first frame that is
        not the pause before it any more, at worst.
    """
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        _open(browser, page_file)  # a browser that has just been started is busy with itself
        ready = [_ready(browser, page_file) for _ in range(LOADS)]
        frames = _open(browser, page_file)[0].evaluate(FRAMES)
        answers = _open(browser, page_file)[0].evaluate(ANSWERS)
        browser.close()
    times = np.array([milliseconds for milliseconds, drawn in frames if drawn])
    return {
        "ready_ms": statistics.median(ready),
        "frame_median_ms": float(np.median(times)),
        "frame_p95_ms": float(np.quantile(times, 0.95)),
        "answer_frames": max(answers),
    }


def _ready(browser: Browser, page_file: Path) -> float:
    page, ready = _open(browser, page_file)
    page.context.close()  # a page left open still unpacks its slides while the next one loads
    return ready


def _open(browser: Browser, page_file: Path) -> tuple[Page, float]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.add_init_script(WAIT)
    page = context.new_page()
    page.goto(page_file.as_uri())
    ready: Any = page.evaluate("deck.ready.then(() => readyAt)")
    return page, float(ready)


def main() -> None:
    """Print the figures of a page."""
    for name, value in player_figures(Path(sys.argv[1])).items():
        sys.stdout.write(f"{name:<20}{value:>10,.2f}\n")


if __name__ == "__main__":
    main()
