"""An exchange ends in time, wherever it drips: in the head, in a chunk's size, in endless 100s."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from pipeline.fetch.exchange import ClientSettings, Clock
from pipeline.fetch.transport import LATE, exchanging, new_session
from pipeline.model.errors import FetchError
from pipeline.model.services import Request

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
DRIPS = {
    "headers": (b"HTTP/1.1 200 OK\r\n", lambda n: b"X-%d: a\r\n" % n),
    "one header": (b"HTTP/1.1 200 OK\r\nX: ", lambda n: b"a"),
    "status line": (b"HTTP/1.1 ", lambda n: b"2"),
    "chunk size": (HEAD, lambda n: b"0"),
    "body": (HEAD, lambda n: b"1\r\na\r\n"),
    "endless 100": (b"", lambda n: b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a packed name": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\xff",
        lambda n: b"a",
    ),
    "until it is closed": (b"HTTP/1.1 200 OK\r\n\r\n", lambda n: b"a"),
}


def dripping(first: bytes, later: Callable[[int], bytes], ended: Event) -> int:
    """The port of a server that sends this, and then that, for ever."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with server, server.accept()[0] as connection:
            connection.recv(65536)
            try:
                connection.sendall(first)
                number = 0
                while not ended.wait(0.01):
                    number += 1
                    connection.sendall(later(number))
            except OSError:
                return

    Thread(target=serve, daemon=True).start()
    return int(server.getsockname()[1])


@pytest.mark.parametrize("kind", DRIPS)
def test_a_reply_that_drips_ends_in_time(kind: str, tmp_path: Path) -> None:
    ended = Event()
    port = dripping(*DRIPS[kind], ended)
    hosts = {"api.openalex.org": f"http://127.0.0.1:{port}"}
    settings = ClientSettings(tmp_path, hosts=hosts, whole_s=0.3, read_s=30.0)
    begin_s = time.monotonic()
    try:
        with new_session(settings) as session, pytest.raises(FetchError) as raised:
            exchanging(session, settings, Clock())(Request("s", "https://api.openalex.org/x", ()))
    finally:
        ended.set()
    # Too many headers are refused before the time is up.
    assert raised.value.reason == LATE or kind == "headers"
    assert time.monotonic() - begin_s < 20.0
