"""
What the server of forks imports second, where manim is needed; nothing else imports it: see `deck.build.forkserver`.

While manim is imported, it reads a ``manim.cfg`` in the user's home and one in the working folder, and their settings
would hold for every slide. So both are set to a folder without such a file: decks are set up by `deck` alone.
"""

import os
import threading
from pathlib import Path


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
