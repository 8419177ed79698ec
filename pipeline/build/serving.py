"""The page of a graph on this machine alone, renewed in the browser when it is drawn anew.

Only the page is served, at an address with a secret part, and only to this machine: other users and
other pages in the browser cannot guess it, and a name that was bent to this machine is refused.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread

from pipeline.export.renewing import renewing

HOST = "127.0.0.1"
EVENTS = "changes"
ALIVE_S = 10.0
"""So often a browser that waits is told that it still is heard."""
MOST_WAITING = 32
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


class PageServer(ThreadingHTTPServer):
    """Serves one page, at `address`; `renew` puts another in its place."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__((HOST, port), _Handler)
        self.secret = secrets.token_urlsafe(16)
        self.written = Condition()
        self.waiting = 0
        self.page, self.mark = b"", ""

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.server_port}/{self.secret}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser calls this server when it is meant."""
        return (f"{HOST}:{self.server_port}", f"localhost:{self.server_port}")

    def renew(self, page: bytes) -> None:
        """Serves this page from now on, and tells the browsers that wait."""
        with self.written:
            self.page, self.mark = page, _mark_of(page)
            self.written.notify_all()

    def await_other(self, mark: str) -> None:
        """Waits for a page of another mark, which may be there already, or for `ALIVE_S`."""
        with self.written:
            self.written.wait_for(lambda: self.mark != mark, ALIVE_S)


def _mark_of(page: bytes) -> str:
    """What is another for another page."""
    return hashlib.sha256(page).hexdigest()


@contextmanager
def served(port: int = 0) -> Iterator[PageServer]:
    """What serves a page while the block lasts. A port of 0 is any that is free.

    Raises OSError for a port that is taken.
    """
    with PageServer(port) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """The page, or what tells of the next one; nothing else is there."""
        if self.headers.get("Host", "") not in self.server.hosts:
            self._answer(HTTPStatus.FORBIDDEN)
        elif self.path == f"/{self.server.secret}/":
            self._page()
        elif self.path == f"/{self.server.secret}/{EVENTS}":
            self._events()
        else:
            self._answer(HTTPStatus.NOT_FOUND)

    def log_message(self, *_told: object) -> None:
        """Says nothing: the terminal is the command's."""

    def _page(self) -> None:
        with self.server.written:
            page, mark = self.server.page, self.server.mark
        self._answer(HTTPStatus.OK, renewing(page, EVENTS, mark))

    def _answer(self, status: HTTPStatus, content: bytes = b"") -> None:
        self.send_response(status)
        kind = "text/html; charset=utf-8"
        for name, value in {**_HEADERS, "Content-Type": kind}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _events(self) -> None:
        """Events of the server, each the mark of a page (https://html.spec.whatwg.org/#sse)."""
        if self.server.waiting >= MOST_WAITING:
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        for name, value in {**_HEADERS, "Content-Type": "text/event-stream"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.server.waiting += 1
        # The browser is gone when it cannot be written to.
        with suppress(OSError):
            while True:
                told = self.server.mark
                self.wfile.write(f"data: {told}\n\n".encode())
                self.wfile.flush()
                self.server.await_other(told)
        self.server.waiting -= 1
