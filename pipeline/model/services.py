"""What passes between a source and the network: requests, replies, answers. Types only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.model.records import Facts, Reference, Skip


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service sent back over the wire, whole."""

    status: int
    media_type: str
    content: bytes


Payloads = tuple[tuple[str, bytes | None], ...]
"""An answer cut into what it says of each key; None where the service does not know the key."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask of a service: an address, and the keys that it is about.

    Keys are of the kind that the source is `keyed_by`. `body` is JSON to post. `split_by_key`
    checks a reply and cuts it into a payload for each key; it raises AnswerError where the reply
    cannot be the answer.
    """

    source: str
    url: str
    keys: tuple[str, ...]
    body: bytes | None = None
    split_by_key: Callable[[Request, Reply], Payloads] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a request: a payload for each key, or named files, in a fixed order."""

    request: Request
    payloads: Payloads


Fetch = Callable[[Request], Answer]


@dataclass(frozen=True, slots=True)
class Service:
    """Where a source of another package is asked: its hosts in lower case, and how often.

    `gap_s` lies between two requests. `known_key` is of a paper that it knows, for `doctor`.
    """

    hosts: tuple[str, ...]
    gap_s: float
    known_key: str


@dataclass(frozen=True, slots=True)
class Source:
    """A service that knows facts: what to ask it, and how to read what it answers.

    Its keys are arXiv ids, `published_key`s, `titled_key`s, DOIs in small letters, or titles as a
    person typed them; `max_keys` is how many one request may hold. `ask(())` asks a local source
    for every paper that it knows. `read` passes over the payloads of unknown keys; of works that
    papers cite it tells what a reference list would (Reference), of papers their Facts. A source
    that `drops` keys when it is busy is asked for an unknown one again before that is believed,
    beside one that it has: one that it told of, or, where several are asked, its `known_key`.
    `service` is None for those that this package has, whose hosts are in `fetch.hosts`. `gives`
    says in words what a graph has of it, for the sentence on a service that gave nothing.
    One that `is_one_file` answers the same whatever the keys are.
    """

    name: str
    ask: Callable[[Sequence[str]], Request]
    read: Callable[[Answer], Iterator[Facts | Reference | Skip]]
    max_keys: int = 1
    keyed_by: Literal["arxiv_id", "published_doi", "titled", "doi", "title"] = "arxiv_id"
    drops: bool = False
    service: Service | None = None
    gives: str = "what it knows"
    known_key: str | None = None
    is_one_file: bool = False


State = Literal["found", "unknown", "failed", "not asked"]
"""What became of a question: the source knows the key, does not, gave no answer, or was spared."""


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What one source said about one key, and when (UTC); `reason` is why it said nothing.

    `kept` says that it was told by what was kept of an earlier answer.
    """

    source: str
    key: str
    state: State
    facts: tuple[Facts, ...] = ()
    works: tuple[Reference, ...] = ()
    day: date | None = None
    reason: str | None = None
    kept: bool = False
