"""Zotero's local API over the invented library: pages, links, refusals as of Zotero 7."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from zotero_items import COLLECTIONS, GROUP, ITEMS, USER


class LocalApi(ThreadingHTTPServer):
    """Zotero's local API, as `server_localAPI.js` of Zotero 7 answers: pages, links, refusals."""

    enabled = True
    version = "3"
    asked: list[str]

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    server: LocalApi

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        split = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(split.query).items()}
        if not self.server.enabled:
            self._answer(403, "Local API is not enabled", {})
            return
        _, api, prefix, number, what = (split.path.split("/") + [""] * 5)[:5]
        library = USER if prefix == "users" else GROUP if number == "77" else None
        if api != "api" or library is None:
            self._answer(404, "Not found", {})
            return
        found = self._found(library, what, asked)
        start, limit = int(asked.get("start", 0)), int(asked.get("limit", len(found)))
        headers = {"Total-Results": str(len(found))}
        if start + limit < len(found):
            onward = urlencode({**asked, "start": start + limit})
            headers["Link"] = (
                f'<http://127.0.0.1:{self.server.port}{split.path}?{onward}>; rel="next"'
            )
        self._answer(200, json.dumps(found[start : start + limit], indent=4), headers)

    def _found(self, library: int, what: str, asked: dict[str, str]) -> list[dict[str, Any]]:
        if what == "groups":
            return [{"id": 77, "data": {"id": 77, "name": "Reading circle"}}]
        listed = COLLECTIONS[library] if what == "collections" else ITEMS[library]
        seen = [each for each in listed if asked.get("includeTrashed") or not each.get("deleted")]
        return [
            {"key": each["key"], "version": 1, "meta": self._meta(each), "data": self._data(each)}
            for each in seen
        ]

    def _meta(self, each: dict[str, Any]) -> dict[str, Any]:
        return {"parsedDate": each["date"]} if "date" in each else {}

    def _data(self, each: dict[str, Any]) -> dict[str, Any]:
        if each.get("itemType") != "attachment":
            # A date is given as it was typed.
            return {**each, **({"date": "3. September 2024"} if "date" in each else {})}
        # The API names the file of an attachment, not its place.
        told = {name: value for name, value in each.items() if name != "path"}
        return {**told, "linkMode": "imported_file", "filename": each["path"].split(":")[1]}

    def _answer(self, status: int, body: str, headers: dict[str, str]) -> None:
        content = body.encode()
        self.send_response(status)
        kind = "application/json" if status == 200 else "text/plain"
        told = {"Content-Type": kind, "Content-Length": str(len(content))}
        for name, value in {**told, "Zotero-API-Version": self.server.version, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def local_api() -> Iterator[LocalApi]:
    with LocalApi(("127.0.0.1", 0), _Handler) as server:
        server.asked = []
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
