"""
The first module that the server of forks imports, and nobody else: see `deck.build.forkserver`.

Collecting garbage while modules are imported finds none, and takes a sixth of the time. Forks collect again.

While it is imported manim reads a ``manim.cfg`` of the user's and one of the working folder, and whatever stands there
would hold for every slide. It is let look into a folder without one for both: decks are set up by `deck` alone.
"""

import gc
import os
import threading
from pathlib import Path

from deck.process.lifeline import end_with_parent

gc.disable()
end_with_parent()


def _import_manim() -> None:
    folder, home, bare = Path.cwd(), os.environ.get("HOME"), Path(__file__).parent
    os.chdir(bare)
    os.environ["HOME"] = str(bare)
    try:
        import manim  # noqa: F401 - so that others find it imported
        from tqdm import tqdm  # type: ignore[import-untyped]  # types for one call are not worth a package

        # manim's progress bars would share a lock with other processes, which is left when a worker ends.
        tqdm.set_lock(threading.RLock())
    finally:
        os.chdir(folder)
        if home is None:
            del os.environ["HOME"]
        else:
            os.environ["HOME"] = home


_import_manim()
