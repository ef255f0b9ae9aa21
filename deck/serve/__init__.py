"""
Serve a deck while it is being written: build, show, watch, build again.

::

    rounds     build, wait for a change, build again
    watching   which files a deck was made from, and waiting until one of them changes
    site       what is served: the newest page that could be built, and what has been wrong since
    server     the socket, and a thread that answers
    live.js    what the page does about news: it loads again at the same pause, or shows what is wrong

The main thread builds and waits, so that Ctrl-C ends whatever is going on.
"""

from __future__ import annotations

from deck.serve.rounds import serve

__all__ = ["serve"]
