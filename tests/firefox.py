"""Firefox, driven over its own Marionette protocol: a socket on which JSON goes to and fro.

Playwright cannot drive the Firefox of a distribution, and geckodriver is no package everywhere.
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

NAMES = ("firefox-esr", "firefox")
WAIT_S = 30.0
_AWAITED = """const [script, done] = [arguments[0], arguments[arguments.length - 1]];
const run = Object.getPrototypeOf(async () => {}).constructor;
new run(script)().then((value) => done({ value }), (error) => done({ error: String(error) }));"""


class Firefox:
    """A window of Firefox with a page in it."""

    def __init__(self, stream: BinaryIO, send: Any) -> None:
        self._stream, self._send = stream, send
        self._sent = 0
        self._received()
        self._command("WebDriver:NewSession", {"timeouts": {"script": int(WAIT_S * 1_000)}})

    def open(self, address: str) -> None:
        self._command("WebDriver:Navigate", {"url": address})

    def evaluate(self, script: str) -> Any:
        """What a script in the page returns, once that is there; `await` is allowed in it."""
        sent = {"script": _AWAITED, "args": [script], "sandbox": None}
        answer = self._command("WebDriver:ExecuteAsyncScript", sent)["value"]
        assert "error" not in answer, answer["error"]
        return answer.get("value")

    def quit(self) -> None:
        self._command("Marionette:Quit", {"flags": ["eForceQuit"]})

    def _command(self, name: str, parameters: dict[str, Any]) -> Any:
        self._sent += 1
        message = json.dumps([0, self._sent, name, parameters]).encode()
        self._send(b"%d:%b" % (len(message), message))
        _, _, error, result = self._received()
        assert error is None, error
        return result

    def _received(self) -> Any:
        digits = b""
        while (letter := self._stream.read(1)) != b":":
            assert letter, "Firefox closed the connection"
            digits += letter
        return json.loads(self._stream.read(int(digits)))


def program() -> str | None:
    """Where Firefox is, if it is here."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened(path: str, profile: Path) -> Iterator[Firefox]:
    """Firefox without a screen and with a profile of its own, closed at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"marionette.port": port, "datareporting.policy.dataSubmissionEnabled": False}
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in settings.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    asked = [path, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(asked, env={**os.environ, "HOME": str(profile)}, **quiet) as process:  # type: ignore[call-overload]
        try:
            with _connected(port) as connection, connection.makefile("rb") as stream:
                firefox = Firefox(stream, connection.sendall)
                yield firefox
                firefox.quit()
            process.wait(WAIT_S)
        finally:
            process.kill()


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + WAIT_S
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=WAIT_S)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
