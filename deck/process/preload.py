"""
The first module that the server of forks imports; nothing else imports it: see `deck.build.forkserver`.

Collecting garbage while modules are imported finds none, and takes a sixth of the time. Forks collect again.

While manim is imported, it reads a ``manim.cfg`` in the user's home and one in the working folder, and their settings
would hold for every slide. So both are set to a folder without such a file: decks are set up by `deck` alone.
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

        # The lock of manim's progress bars would be shared by processes, and left behind when a worker is ended.
        tqdm.set_lock(threading.RLock())
    finally:
        os.chdir(folder)
        if home is None:
            del os.environ["HOME"]
        else:
            os.environ["HOME"] = home


_import_manim()
