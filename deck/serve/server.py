"""The socket, and a thread that answers on it."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deck.errors import OutputError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["address", "answering", "listening"]

FIRST_PORT, PORTS = 8000, 100


@contextmanager
def listening(host: str, port: int | None) -> Iterator[socket.socket]:
    """
    Yield a socket on a port, or on the first from 8000 on that is free.

    Raises
    ------
    OutputError
        If there is none to be had.
    """
    wanted = range(FIRST_PORT, FIRST_PORT + PORTS) if port is None else (port,)
    for number in wanted:
        try:
            bound = _bound(host, number)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and number != wanted[-1]:
                continue
            raise _failure(error, host, wanted) from error
        with bound:
            yield bound
        return


def _bound(host: str, port: int) -> socket.socket:
    family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(place[:2], family=family)


def _failure(error: OSError, host: str, ports: range | tuple[int]) -> OutputError:
    many = len(ports) > 1
    place = f"{host}, ports {ports[0]} to {ports[-1]}" if many else f"{host}, port {ports[0]}"
    if error.errno == errno.EADDRINUSE:
        reason, hint = "all are in use" if many else "it is in use", "choose another one with --port"
    elif error.errno == errno.EACCES:
        reason, hint = "permission denied", "choose a port from 1024 on with --port"
    elif isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        reason, hint = "this machine has no such address", "leave --host out to serve on this machine alone"
    else:
        reason, hint = (error.strerror or str(error)).lower(), "choose another place with --host or --port"
    return OutputError(f"cannot serve on {place}: {reason}", hint=hint)


def address(host: str, bound: socket.socket) -> str:
    """Return what to open in a browser on this machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - asked for by name
    return f"http://{f'[{name}]' if ':' in name else name}:{bound.getsockname()[1]}/"


@contextmanager
def answering(app: ASGIApp, bound: socket.socket) -> Iterator[None]:
    """Answer as long as the block runs; the last answers may take a second."""
    import uvicorn

    config = uvicorn.Config(
        app, lifespan="off", log_config=None, log_level="critical", access_log=False, server_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="deck serve", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = server.force_exit = True
        thread.join(timeout=1)
