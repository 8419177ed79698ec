"""A second process for what the page of a large graph does not wait for, on a processor of its own.

It is a copy of the first, where nothing else runs beside that; else it is begun anew, is given
records and tables and gives bytes back; of a large graph it reads tables from a folder that is
there for both alone, and writes files into it. Where it cannot be begun, or dies, the first process
does the same by itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from pipeline.build.ahead import Ahead, MadeAhead, Told, made_ahead
from pipeline.build.forking import CAN_FORK, Copied
from pipeline.build.packing import read_parts, write_parts
from pipeline.model.identities import Suggestion
from pipeline.model.records import Entry
from pipeline.settings.tags import TagRules
from pipeline.store.parsed import ReadFile, unpacked_file

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

FEWEST_ENTRIES = 1_000
"""Of fewer a second process takes longer to begin than it saves."""
_SERVE = """
from pipeline.build.loading import load_arrow
load_arrow()
from pipeline.build.serving_orders import serve
serve()
"""


class Coming(Protocol[T_co]):
    """What is made meanwhile."""

    def result(self) -> T_co | None:
        """What was made, waited for; None where it could not be."""


class SecondProcess:
    """Another process, which is begun once there is enough to do; a block of `with` ends it.

    It `may_copy` the first where no thread of that asks services.
    """

    def __init__(self, *, may_copy: bool = False) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.copies = may_copy and CAN_FORK
        self._copied: list[Copied[Any]] = []
        self.ahead: Ahead | None = None
        # Orders are sent, and answers read, beside what the first process does meanwhile.
        self._orders = ThreadPoolExecutor(1)

    def __enter__(self) -> SecondProcess:
        return self

    def __exit__(self, *_raised: object) -> None:
        for copy in self._copied:
            copy.end()
        self._end()
        self._orders.shutdown()

    def begin(self) -> None:
        """Begins it, where there is another processor; what it imports takes a while."""
        if self._process or (os.cpu_count() or 1) < 2:
            return
        surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        pipe = subprocess.PIPE
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - this Python, and no word of a user
                [sys.executable, "-P", "-c", _SERVE],
                stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=surroundings,
            )  # fmt: skip

    @property
    def is_begun(self) -> bool:
        """Whether orders are taken."""
        return self.pid is not None

    @property
    def pid(self) -> int | None:
        """The number of the process, once it is begun."""
        return self._process.pid if self._process else None

    def read(self, contents: Iterable[tuple[str, bytes]]) -> Future[list[ReadFile] | None]:
        """What files are read as, each given by its name and content; None if it died."""
        parts = [b"read", *(part for file, data in contents for part in (file.encode(), data))]
        return self._orders.submit(partial(self._files_read, parts))

    def suggestions(
        self,
        entries: Sequence[Entry],
        rules: TagRules,
        told: Told,
    ) -> Coming[tuple[Suggestion, ...]] | None:
        """What `tag_suggestions` gives, beside what is done meanwhile; None if nobody can.

        A copy makes files and marks of what is `told` too.
        """
        if self.copies:
            copy = self.copied(partial(made_ahead, entries, rules, told), MadeAhead)
            self.ahead = Ahead(told.if_few(), copy) if copy else None
            return self.ahead
        if not self.is_begun:
            return None
        parts = [b"suggestions", *map(msgspec.msgpack.encode, (tuple(entries), rules))]
        return self._orders.submit(partial(self._answered, parts, tuple[Suggestion, ...]))

    def copied(self, make: Callable[[], T], kind: type[T]) -> Copied[T] | None:
        """What a copy of this process makes, as `Copied` has it; None where there can be none."""
        self._copied = [copy for copy in self._copied if copy.is_going]
        with suppress(OSError):
            self._copied.append(copy := Copied(make, kind))
            return copy
        return None

    def signers(self, question: Iterable[bytes], kind: type[T]) -> Coming[T] | None:
        """What `packed_signers` gives, which is of this `kind`; None if nobody can say."""
        self.begin()
        if not self.is_begun:
            return None
        parts = [b"signers", *question]
        return self._orders.submit(partial(self._answered, parts, kind))

    def files(self, build_parts: Iterable[memoryview]) -> Future[dict[str, bytes] | None]:
        """The files of `MADE_BESIDE` of a `packed` build, by name; None if it died."""
        parts: list[bytes | memoryview] = [b"files", *build_parts]
        return self._orders.submit(partial(self._answered, parts, dict[str, bytes]))

    def write(self, folder: Path, name: str) -> Future[bool | None]:
        """Whether a file was made in `folder` from the tables mapped there; None if it died."""
        parts = [b"write", os.fsencode(folder.absolute()), name.encode()]
        return self._orders.submit(partial(self._answered, parts, bool))

    def _files_read(self, parts: list[bytes]) -> list[ReadFile] | None:
        packed = self._answered(parts, list[bytes])
        return None if packed is None else list(map(unpacked_file, packed))

    def _answered(self, parts: list[bytes] | list[bytes | memoryview], kind: type[T]) -> T | None:
        """What is answered to an order, of which nothing is held once it is sent."""
        process = self._process
        if not (process and process.stdin and process.stdout):
            return None
        with suppress(OSError):
            write_parts(process.stdin, parts)
            parts.clear()
            for answer in read_parts(process.stdout):
                return msgspec.msgpack.decode(answer, type=kind)
        self._end()
        return None

    def _end(self) -> None:
        if process := self._process:
            self._process = None
            process.kill()
            process.wait()
            for pipe in filter(None, (process.stdin, process.stdout)):
                with suppress(OSError):
                    pipe.close()
