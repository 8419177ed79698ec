"""Commands in processes of their own that need not load the program first: each is a fork of one.

`run` is `subprocess.run` of `python -m pipeline` for what only reads arguments and prints. The
process that is forked is this file as a program: it has loaded all, and done nothing else.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
MOST_BYTES = 1_000_000
"""Of a command and its environment."""


def run(
    *arguments: str | Path,
    cwd: Path = PROJECT,
    env: Mapping[str, str] | None = None,
    together: bool = False,
) -> subprocess.CompletedProcess[str]:
    """The command after its end, with what it printed; `together`: errors among the output."""
    texts = [*map(str, arguments)]
    asked = {"arguments": texts, "cwd": str(cwd), "env": dict(env or os.environ)}
    with open(os.devnull) as nothing, TemporaryFile() as out, TemporaryFile() as err:  # noqa: PTH123
        fds = [nothing.fileno(), out.fileno(), (out if together else err).fileno()]
        server = _server()
        socket.send_fds(server, [json.dumps(asked).encode()], fds)
        code = int(server.recv(100))
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(texts, code, *said)


@cache
def _server() -> socket.socket:
    """Where commands are sent to; the process at the other end lasts as long as this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    program = [sys.executable, __file__, str(theirs.fileno())]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(program, env=environment, pass_fds=[theirs.fileno()])
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def _serve(commands: socket.socket) -> None:
    """Forks for each command until nobody can send any more; a fork returns to run it."""
    while True:
        asked, fds, _, _ = socket.recv_fds(commands, MOST_BYTES, 3)
        if not asked:
            sys.exit()
        child = os.fork()
        if not child:
            return _become(json.loads(asked), fds)
        for fd in fds:
            os.close(fd)
        _, status = os.waitpid(child, 0)
        commands.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(asked: dict[str, Any], fds: list[int]) -> None:
    """Makes this process look as if it had been begun by the command."""
    for standard, fd in enumerate(fds):
        os.dup2(fd, standard)
        os.close(fd)
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    sys.argv = ["digest-graph", *asked["arguments"]]


if __name__ == "__main__":
    from importlib import import_module
    from pkgutil import iter_modules

    from pipeline.__main__ import main
    from pipeline.build.loading import load_light

    load_light()
    for stage in ("build", "catalogue", "digests", "sources", "export", "analyse", "layout"):
        for module in iter_modules([str(PROJECT / "pipeline" / stage)], f"pipeline.{stage}."):
            import_module(module.name)
    for used in ("duckdb", "pyvis.network", "xlsxwriter", "rich.progress", "tantivy"):
        import_module(used)
    with socket.socket(fileno=int(sys.argv[1])) as sent:
        _serve(sent)
    main()
