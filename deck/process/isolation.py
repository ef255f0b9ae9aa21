"""
Keep what lies in the working folder from being imported.

Python looks for modules in the working folder first, or where variables such as ``PYTHONPATH`` point. Somebody else's
folder may hold a ``random.py``, whether innocent or not. This is called before anything else is imported, and so this
module may import only what Python has loaded when it starts.
"""

import os
import sys

__all__ = ["isolate"]


def isolate() -> None:
    """Take the working folder off the path of modules, here and in every process that is started from here."""
    if sys.flags.ignore_environment and not sys.flags.safe_path:
        # Processes started from here would ignore the environment, too, where PYTHONSAFEPATH is to be set for them.
        os.execv(sys.executable, [sys.executable, "-P", *sys.orig_argv[1:]])  # noqa: S606 - itself, once more
    if not sys.flags.safe_path:
        del sys.path[0]
    os.environ["PYTHONSAFEPATH"] = "1"
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        _clean(name)
    if sys.pycache_prefix and _is_here(sys.pycache_prefix):
        sys.pycache_prefix = None
    own = os.path.abspath(os.path.join(os.path.dirname(__file__), os.pardir, os.pardir))
    if own not in sys.path:  # run from a checkout that is not installed
        sys.path.append(own)


def _clean(name: str) -> None:
    """Take what points into the working folder out of a variable, and what the variable has added off the path."""
    places = os.environ[name].split(os.pathsep)
    kept = [place for place in places if not _is_here(place)]
    lost = [os.path.realpath(place) for place in places if place not in kept]
    if not lost:
        return
    if kept:
        os.environ[name] = os.pathsep.join(kept)
    else:
        del os.environ[name]
    if name == "PYTHONPATH":
        sys.path[:] = [path for path in sys.path if os.path.realpath(path) not in lost]
    elif name == "PYTHONUSERBASE":
        sys.path[:] = [
            path for path in sys.path if not f"{os.path.realpath(path)}{os.sep}".startswith(lost[0] + os.sep)
        ]


def _is_here(place: str) -> bool:
    """Return whether a place is the working folder, or is relative to it."""
    if not os.path.isabs(place):
        return os.sep in place or place in {"", os.curdir, os.pardir} or os.path.exists(place)
    try:
        return os.path.realpath(place) == os.path.realpath(os.curdir)
    except OSError:  # the working folder has been removed
        return False
