"""Every service on one local server, with their faults; it notes each request that arrives."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from fake_arxiv import ATOM, FakeReply, oai_reply, query_reply, source_reply
from fake_indexes import (
    crossref_reply,
    hugging_face_reply,
    inspire_reply,
    openalex_reply,
    opencitations_reply,
    semantic_scholar_reply,
)
from fake_papers import World
from fake_venues import anthology_reply, datacite_reply, dblp_reply, openreview_reply

HTML = b"<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Busy</body></html>"
CONTENT_FAULTS = ("html", "empty", "cut", "wrong_ids", "not_json", "bom")
STATUS_FAULTS = ("rate_limited", "busy", "server_error", "denied")
WIRE_FAULTS = ("short_body", "reset", "hang", "bad_gzip", "cut_chunks")
FAULTS = (*CONTENT_FAULTS, *STATUS_FAULTS, *WIRE_FAULTS)
WAYS = ("plain", "gzip", "chunked", "redirect", "charset")
"""How an answer may be sent, which is no fault: packed, in pieces, from another address of its
host, with a charset that it is not in."""


class Arrival(NamedTuple):
    """A request as it arrived: when (steady seconds), at which host, and with what."""

    at_s: float
    host: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    fault: str | None


def answer(world: World, host: str, target: str, body: bytes = b"") -> FakeReply:
    """What the service at `host` answers to a request for `target`, a path with its query."""
    parts = urlsplit(target)
    path, query = parts.path, parts.query
    services: dict[str, Callable[[], FakeReply]] = {
        "export.arxiv.org": lambda: (
            source_reply(world, path)
            if path.startswith("/src/")
            else query_reply(world, query or body.decode())
        ),
        "oaipmh.arxiv.org": lambda: oai_reply(world, query or body.decode()),
        "api.semanticscholar.org": lambda: semantic_scholar_reply(world, path, query, body),
        "api.openalex.org": lambda: openalex_reply(world, path, query),
        "api.opencitations.net": lambda: opencitations_reply(world, path),
        "inspirehep.net": lambda: inspire_reply(world, path),
        "api.crossref.org": lambda: crossref_reply(world, path, query),
        "huggingface.co": lambda: hugging_face_reply(world, path),
        "api.datacite.org": lambda: datacite_reply(world, query),
        "dblp.org": lambda: dblp_reply(world, query),
        "aclanthology.org": lambda: anthology_reply(world, path),
        "api2.openreview.net": lambda: openreview_reply(world, query),
    }
    return services[host]()


HOSTS = (
    "export.arxiv.org",
    "oaipmh.arxiv.org",
    "api.semanticscholar.org",
    "api.openalex.org",
    "api.opencitations.net",
    "inspirehep.net",
    "api.crossref.org",
    "huggingface.co",
    "api.datacite.org",
    "dblp.org",
    "aclanthology.org",
    "api2.openreview.net",
)


def spoiled(reply: FakeReply, fault: str, random: Random) -> FakeReply:
    """The reply with a fault of its content, or the refusal in its place."""
    content = reply.content
    spoilings: dict[str, Callable[[], FakeReply]] = {
        "html": lambda: FakeReply(200, "text/html", HTML),
        "empty": lambda: reply._replace(status=200, content=_emptied(reply)),
        "cut": lambda: reply._replace(content=content[: random.randrange(len(content) or 1)]),
        "wrong_ids": lambda: reply._replace(content=_other_ids(content)),
        "not_json": lambda: FakeReply(200, "application/json", b"upstream error\n"),
        "bom": lambda: reply._replace(content=b"\xef\xbb\xbf" + content),
        "rate_limited": lambda: FakeReply(429, "text/plain", b"Rate exceeded."),
        "busy": lambda: FakeReply(503, "text/html", b"first byte timeout", {"Retry-After": "0"}),
        "server_error": lambda: FakeReply(500, "text/html", HTML),
        "denied": lambda: FakeReply(403, "text/html", b"<html>Access Denied</html>"),
    }
    return spoilings[fault]()


def _emptied(reply: FakeReply) -> bytes:
    """The same answer without its entries, but with the old total."""
    if reply.media_type != ATOM:
        return b""
    head, _, tail = reply.content.partition(b"<entry>")
    return head + b"</feed>" if tail else b""


def _other_ids(content: bytes) -> bytes:
    """The same answer for papers that nobody asked for: `24` becomes `07` at the head of ids."""
    for year in range(24, 30):
        content = content.replace(b"%d0" % year, b"070").replace(b"%d1" % year, b"071")
    return content


class FakeServices:
    """A server of every service, running while the `with` block lasts.

    `faults` names the fault of each request in turn, None for none; past its end there is none.
    A request that is `busy` is left waiting for `busy_s`; bytes are `drip_s` apart, if it is set.
    `replies` puts a reply in the place of the right one, by host. `fault_at` names the fault of a
    request to a host where the plan has none. All is sent in one of the `WAYS`.
    """

    def __init__(
        self,
        world: World,
        faults: Iterable[str | None] = (),
        *,
        seed: int = 1,
        busy_s: float = 0.0,
        drip_s: float = 0.0,
        replies: Mapping[str, Callable[[str], FakeReply | None]] | None = None,
        fault_at: Callable[[str], str | None] = lambda host: None,
        way: str = "plain",
    ) -> None:
        self.world = world
        self.way = way
        self._fault_at = fault_at
        self.arrivals: list[Arrival] = []
        self.replies = dict(replies or {})
        self.busy_s = busy_s
        self.drip_s = drip_s
        self.ended = threading.Event()
        self._faults = iter(faults)
        self._random = Random(seed)
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def hosts(self) -> dict[str, str]:
        """The address of this server in the place of each host, for `ClientSettings.hosts`."""
        return {host: f"http://127.0.0.1:{self._server.server_port}/{host}" for host in HOSTS}

    def arrived(self, host: str, handler: BaseHTTPRequestHandler, body: bytes) -> str | None:
        """Notes a request; the fault that it is to meet."""
        with self._lock:
            fault = next(self._faults, None) or self._fault_at(host)
            path = handler.path.removeprefix(f"/{host}")
            headers = dict(handler.headers.items())
            now_s = time.monotonic()
            method = handler.command
            self.arrivals.append(Arrival(now_s, host, method, path, headers, body, fault))
            return fault

    def reply_to(self, host: str, path: str, body: bytes, fault: str | None) -> FakeReply:
        """What is answered, spoiled in its content where the fault is one of content."""
        instead = self.replies.get(host)
        right = (instead and instead(path)) or answer(self.world, host, path, body)
        with self._lock:
            known = fault in {*CONTENT_FAULTS, *STATUS_FAULTS}
            return spoiled(right, fault, self._random) if fault and known else right


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], services: FakeServices) -> None:
        super().__init__(address, _Handler)
        self.services = services

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """Answers, or misbehaves as planned."""
        services = self.server.services
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        host = self.path.split("/")[1]
        fault = services.arrived(host, self, body)
        path = self.path.removeprefix(f"/{host}")
        if fault == "hang":
            services.ended.wait(30.0)
            self.close_connection = True
        elif fault == "reset":
            self._reset()
        else:
            if fault == "busy":
                services.ended.wait(services.busy_s)
            self._send(
                self._sent_on(host, path) or services.reply_to(host, path, body, fault), fault
            )

    def do_POST(self) -> None:
        """Answers as it does a GET."""
        self.do_GET()

    def _sent_on(self, host: str, path: str) -> FakeReply | None:
        """A redirect to the same place under another name, where answers are sent so."""
        if self.server.services.way != "redirect" or "moved" in path:
            return None
        place = f"https://{host}{path}{'&' if '?' in path else '?'}moved=1"
        return FakeReply(
            307 if self.command == "POST" else 301, "text/html", b"", {"Location": place}
        )

    def _send(self, reply: FakeReply, fault: str | None) -> None:
        way = self.server.services.way
        self.send_response(reply.status)
        charset = "; charset=iso-8859-1" if way == "charset" else ""
        self.send_header("Content-Type", reply.media_type + charset)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        content = gzip.compress(reply.content) if way == "gzip" else reply.content
        if way == "gzip":
            self.send_header("Content-Encoding", "gzip")
        if fault == "cut_chunks":
            self.send_header("Transfer-Encoding", "chunked")
            content = b"%x\r\n%s" % (len(content) + 9, content)
        elif way == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
            pieces = (content[n : n + 100] for n in range(0, len(content), 100))
            content = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"
        else:
            self.send_header("Content-Length", str(len(content)))
        if fault == "bad_gzip":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        spoils = {"short_body", "cut_chunks"}
        content = content[: len(content) // 2] if fault == "short_body" else content
        with contextlib.suppress(OSError):
            self._write(content, self.server.services.drip_s)
        self.close_connection = self.close_connection or fault in spoils

    def _write(self, content: bytes, drip_s: float) -> None:
        if not drip_s:
            self.wfile.write(content)
            return
        for number in range(len(content)):
            self.wfile.write(content[number : number + 1])
            if self.server.services.ended.wait(drip_s):
                return

    def _reset(self) -> None:
        """Ends the connection with RST, as a firewall does."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
        self.close_connection = True

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""
