"""A deadline for a whole exchange: whatever drips, be it the head, a chunk's size or the body."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any
from weakref import WeakSet

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection


class DeadlineAdapter(HTTPAdapter):
    """An adapter that knows its connections, so that they can be cut off."""

    def __init__(self) -> None:
        self._connections: WeakSet[HTTPConnection] = WeakSet()
        # A connection lets go of its socket at a reply that ends with it, which is read from on.
        self._sockets: WeakSet[socket.socket] = WeakSet()
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Makes the pools of connections, as ever, but with connections that are known."""
        super().init_poolmanager(*arguments, **options)
        self._watch(self.poolmanager)

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> Any:
        """Makes the pools of a proxy likewise."""
        manager = super().proxy_manager_for(*arguments, **options)
        self._watch(manager)
        return manager

    def cut_off(self) -> None:
        """Ends what goes on at every connection; whoever reads from one finds its end."""
        at_work = (connection.sock for connection in list(self._connections))
        for sock in filter(None, (*self._sockets, *at_work)):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _watch(self, manager: PoolManager) -> None:
        connections, sockets = self._connections, self._sockets

        class Plain(HTTPConnection):
            def connect(self) -> None:
                connections.add(self)
                super().connect()
                sockets.add(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                connections.add(self)
                super().connect()
                sockets.add(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


@contextmanager
def deadline(adapter: DeadlineAdapter, whole_s: float) -> Iterator[Callable[[], bool]]:
    """A block whose exchange is cut off after so long; gives what tells whether it was."""
    over = Event()

    def end() -> None:
        over.set()
        adapter.cut_off()

    timer = Timer(whole_s, end)
    timer.daemon = True
    timer.start()
    try:
        yield over.is_set
    finally:
        timer.cancel()
