"""Digests of an invented world, builds of them against the fake services, and their bytes.

As a program it is one build: `invented_digests.py DIGESTS HOME OUTPUT HOSTS`, HOSTS in JSON.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from threading import Lock
from time import sleep
from typing import Any

from fake_papers import World
from fake_services import FAULTS, FakeServices

from pipeline.build.run import Inputs, build, write
from pipeline.fetch.exchange import ClientSettings, Clock
from pipeline.fetch.options import NetworkOptions
from pipeline.model.tables import Build

TESTS = Path(__file__).parent
DAY = date(2026, 11, 23)
GRAPH = ("nodes.parquet", "edges.parquet")
LEFT = ("failed", "not asked")


class HurriedTime:
    """A clock that many threads share, whose time passes when one of them sleeps."""

    def __init__(self) -> None:
        self._now_s = 1_795_400_000.0
        self._lock = Lock()
        self.clock = Clock(lambda: self._now_s, lambda: self._now_s, self.passes)

    def passes(self, seconds: float) -> None:
        """Lets so many seconds pass."""
        with self._lock:
            self._now_s += seconds


class Undetectable(FakeServices):
    """The services, but for the one fault that no client can see: OpenCitations and Crossref name
    other references under the right DOI."""

    def reply_to(self, host: str, path: str, body: bytes, fault: str | None) -> Any:
        """What is answered; where the fault could not be seen it is another one."""
        seen = host not in {"api.opencitations.net", "api.crossref.org"} or fault != "wrong_ids"
        return super().reply_to(host, path, body, fault if seen else "html")


def written(folder: Path, world: World, arxiv_ids: Iterable[str], printed: float = 1.0) -> Path:
    """A folder with one digest of these papers; so large a part of its entries prints its id."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(1)
    entries = []
    for number, arxiv_id in enumerate(arxiv_ids):
        paper = world[arxiv_id]
        link = f"https://arxiv.org/abs/{arxiv_id}\n\n" if random.random() < printed else ""
        head = f"{paper.title} ({', '.join(paper.authors)})"
        entries.append(f"{link}{head}\n\n{paper.abstract}\n\n코멘트 한 줄.\n\n#tag{number % 7}\n")
    (folder / "notes.txt").write_text("2026-11-20\n\n" + "\n\n".join(entries), encoding="utf-8")
    return folder


def options(home: Path, hosts: Mapping[str, str], **changed: Any) -> NetworkOptions:
    """The network of a build at a home, without pauses between requests."""
    clock = changed.pop("clock", Clock())
    chosen = {name: changed.pop(name, None) for name in ("sources", "refresh_days")}
    client = ClientSettings(home, hosts=hosts, gaps_scale=0.0, **changed)
    return NetworkOptions(home, client, DAY, **chosen, clock=clock)


def built(digests: Path, network: NetworkOptions | None) -> Build:
    """The graph of these digests."""
    return build(Inputs((digests,), network=network))


def graph_bytes(found: Build, folder: Path) -> list[bytes]:
    """The bytes of the two tables of a graph, written to a folder."""
    write(found, folder)
    return [(folder / name).read_bytes() for name in GRAPH]


def states(found: Build, state: str) -> set[tuple[str, str | None]]:
    """The services with something in this state, and the reasons."""
    return {(told.source, told.reason) for told in found.told if told.state == state}


def faults(share: float, seed: int = 1) -> list[str | None]:
    """A plan of faults for very many requests; none of them waits."""
    random, kinds = Random(seed), [fault for fault in FAULTS if fault != "hang"]
    return [random.choice(kinds) if random.random() < share else None for _ in range(200_000)]


def builds_until_all_is_told(digests: Path, home: Path, hosts: Mapping[str, str]) -> list[Build]:
    """Builds, each after an hour's rest, up to the one to which every service told all."""
    time = HurriedTime()
    done: list[Build] = []
    while not done or any(told.state in LEFT for told in done[-1].told):
        done.append(built(digests, options(home, hosts, clock=time.clock, read_s=5.0)))
        time.passes(3600)
        assert len(done) < 500
    return done


def building(digests: Path, home: Path, output: Path, hosts: Mapping[str, str]) -> Sequence[str]:
    """The command of one build in a process of its own."""
    places = map(str, (digests, home, output))
    return [sys.executable, str(TESTS / "invented_digests.py"), *places, json.dumps(hosts)]


def process(command: Sequence[str]) -> subprocess.Popen[str]:
    """A process that runs a command, with its two streams."""
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent)}
    return subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def killed_builds(
    command: Sequence[str], services: FakeServices, kills: int, most_requests: int
) -> int:
    """How many builds were killed, each after up to `most_requests` of its own; then one ends."""
    random, killed = Random(5), 0
    while killed < kills:
        until = len(services.arrivals) + random.randint(1, most_requests)
        with process(command) as running:
            while running.poll() is None and len(services.arrivals) < until:
                sleep(0.001)
            sleep(random.random() * 0.01)
            running.kill()
            running.communicate()
        if running.returncode == 0:
            break
        killed += 1
    with process(command) as running:
        said = running.communicate()[1]
    assert running.returncode == 0, said
    return killed


def asked_again(services: FakeServices) -> Counter[str]:
    """How many requests to each host were sent before, to the letter."""
    sent = Counter((a.host, a.path, a.body) for a in services.arrivals)
    again: Counter[str] = Counter()
    for (host, path, _), times in sent.items():
        # A merged work is one key and two requests.
        again[host] += 0 if path.startswith("/works/W") else times - 1
    return again


def nowhere() -> str:
    """An address of this machine at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


if __name__ == "__main__":
    digests, home, output = map(Path, sys.argv[1:4])
    write(built(digests, options(home, json.loads(sys.argv[4]))), output)
