"""Whether there is a way to any service: found out beside other work, before one is asked.

Names are looked up and connections made, and nothing is sent.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from itertools import product
from threading import Condition, Thread
from time import monotonic, sleep
from urllib.parse import urlsplit
from urllib.request import getproxies

from pipeline.fetch.exchange import ClientSettings
from pipeline.fetch.hosts import target

NAMED_WITHIN_S, OPENED_WITHIN_S = 1.25, 1.25
"""After the first knock a name server has to know some name, and after that some door to open: both
may never answer, and say nothing of it. A lost packet is sent again after a second."""
LEAST_S = 0.4
"""So long it is waited for in any case: other work may have kept the knocks from going on."""
PAUSE_S = 0.5
"""Between two knocks at one door: a network that wakes up needs a moment."""
MOST_HOSTS = 4
_PORTS = {"http": 80, "https": 443}


class Knocks:
    """Knocks at the first few hosts of some addresses, all at once, over IPv4 and IPv6.

    Hosts that the reader has put in the place of others come first, as they may be on this machine.

    Behind a proxy nobody knocks: it is there, and says itself whom it cannot reach.
    """

    def __init__(self, urls: Iterable[str], settings: ClientSettings) -> None:
        self._ends_s = monotonic() + NAMED_WITHIN_S
        self._changed = Condition()
        addresses = sorted(urls, key=lambda url: urlsplit(url).hostname not in settings.hosts)
        hosts = dict.fromkeys(_host_and_port(target(url, settings.hosts)) for url in addresses)
        doors = list(product(list(hosts)[:MOST_HOSTS], (socket.AF_INET, socket.AF_INET6)))
        self._named = False
        self._untold = len(doors)
        self._reached = not doors or _behind_proxy(settings)
        if self._reached:
            return
        for (host, port), family in doors:
            door = (host, port, family, settings.connect_s)
            Thread(target=self._knock, args=door, name=f"knocking at {host}", daemon=True).start()

    def reached(self) -> bool:
        """Whether somebody is there: known at the first connection, or once all doors failed."""
        least_s = monotonic() + LEAST_S
        with self._changed:
            while not self._reached and self._untold:
                left_s = max(self._ends_s, least_s) - monotonic()
                if left_s <= 0:
                    break
                self._changed.wait(left_s)
            return self._reached

    def _knock(self, *door: *tuple[str, int, socket.AddressFamily, float]) -> None:
        opens = self._opens(*door)
        if not opens:
            sleep(PAUSE_S)
            opens = self._opens(*door)
        with self._changed:
            self._reached = self._reached or opens
            self._untold -= 1
            self._changed.notify_all()

    def _known(self) -> None:
        """Lets the time for a door begin with the first name that is known."""
        with self._changed:
            if not self._named:
                self._named, self._ends_s = True, monotonic() + OPENED_WITHIN_S

    def _opens(self, host: str, port: int, family: socket.AddressFamily, most_s: float) -> bool:
        try:
            *_, address = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)[0]
            self._known()
            with socket.socket(family, socket.SOCK_STREAM) as door:
                door.settimeout(most_s)
                door.connect(address)
        except OSError:
            return False
        return True


def _host_and_port(url: str) -> tuple[str, int]:
    place = urlsplit(url)
    return place.hostname or "", place.port or _PORTS[place.scheme]


def _behind_proxy(settings: ClientSettings) -> bool:
    """Whether real hosts are asked through the system's proxy, as the client does."""
    proxies = getproxies()
    return not settings.hosts and any(proxies.get(scheme) for scheme in ("https", "http", "all"))
