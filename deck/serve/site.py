"""
What is served: the page, and the news for those who have it open.

::

    /        the newest page that could be built; before there is one, a page that waits for it
    /news    which page that is, and what has been wrong since

Nothing else, and in particular no file of the document's folder.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
from base64 import b64encode
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Self

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from deck.errors import DeckError, Location
from deck.files.scratch import scratch

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Site"]

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What is new: the ``version`` of the page, empty as long as there is none, and what is wrong since."""

    version: str = ""
    faults: tuple[dict[str, str], ...] = ()


class Site:
    """
    The page of one document; it is a context manager, since it keeps pages in a temporary folder.

    Parameters
    ----------
    name
        What the document is called.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._news = _News()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._folder = self._stack.enter_context(scratch())
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @cached_property
    def script(self) -> str:
        """What a page has to hold so that it follows the news."""
        return files("deck.serve").joinpath("live.js").read_text(encoding="utf-8")

    def show(self, page: str) -> None:
        """Serve a page from now on."""
        version = hashlib.sha256(page.encode()).hexdigest()
        if version != self._news.version:
            self._write(version, page)
            self._news = replace(self._news, version=version)

    def complain(self, errors: Sequence[DeckError]) -> None:
        """Tell of what is wrong, or that nothing is."""
        faults = tuple({"where": _place(error.where), "what": error.message, "hint": error.hint} for error in errors)
        self._news = replace(self._news, faults=faults)

    def app(self, host: str) -> ASGIApp:
        """Return what answers requests to a host."""
        return _OnlyFor(host, Starlette(routes=[Route("/", self._page), Route("/news", self._tell)]))

    def _write(self, version: str, page: str) -> None:
        """Keep a page, and the one before, which somebody may be loading."""
        others = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for path in others[:-1]:
            path.unlink()
        (self._folder / version).write_text(_versioned(page, version), encoding="utf-8")

    def _page(self, _: Request) -> Response:
        if not self._news.version:
            return Response(self._waiting, media_type="text/html", headers=HEADERS)
        return FileResponse(self._folder / self._news.version, media_type="text/html", headers=HEADERS)

    def _tell(self, _: Request) -> Response:
        return JSONResponse({"version": self._news.version, "faults": self._news.faults}, headers=HEADERS)

    @cached_property
    def _waiting(self) -> str:
        text = files("deck.serve").joinpath("waiting.html").read_text(encoding="utf-8")
        digest = b64encode(hashlib.sha256(self.script.encode()).digest()).decode("ascii")
        page = Environment(autoescape=True).from_string(text).render(name=self._name, script=self.script, digest=digest)
        return _versioned(page, "")


def _versioned(page: str, version: str) -> str:
    """Return a page with its version added, which is the hash of the page without it."""
    head, end, tail = page.rpartition("</body>")
    return f'{head}<script type="application/json" class="version">{json.dumps(version)}</script>\n{end}{tail}'


def _place(where: Location | None) -> str:
    """Return where something is wrong, as seen from the working folder if it is below that."""
    if where is None:
        return ""
    with suppress(ValueError):
        where = Location(where.file.absolute().relative_to(Path.cwd()), where.line)
    return str(where)


class _OnlyFor:
    """
    Answers only requests that call this machine by one of its own names, or by a number.

    A site on the web can let its own name point to this machine, and its pages could then read ours.
    """

    def __init__(self, host: str, app: ASGIApp) -> None:
        self._names = {host.lower(), "localhost", socket.gethostname().lower()}
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
        answer = self._app if self._is_ours(host) else PlainTextResponse("deck serves no such host\n", status_code=421)
        await answer(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = re.sub(r":\d+$", "", host).strip("[]")
        with suppress(ValueError):
            return bool(ip_address(name))
        return name in self._names
