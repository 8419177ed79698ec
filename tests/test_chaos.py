"""Whatever the network and the machine do: nothing false is kept, nothing kept is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle, pairwise
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from asking import IDS, WORLD, FakeTime, asking
from fake_services import CONTENT_FAULTS, FAULTS, STATUS_FAULTS, FakeServices, answer, spoiled
from ledger_writer import PIECES
from ledger_writer import answer as written_answer
from small_cuts import arxiv_request, openalex_request, scholar_request

from pipeline.fetch.exchange import TransportReply
from pipeline.fetch.refusals import with_refusals_raised
from pipeline.fetch.transport import following
from pipeline.fetch.validation import with_validation
from pipeline.model.errors import FetchError
from pipeline.model.services import Fetch, Reply, Request
from pipeline.store.ledger import Ledger

TESTS = Path(__file__).parent
TODAY = date(2026, 11, 23)
UNKNOWN = "2401.99999"


def wire_with(fault: str, random: Random) -> Fetch:
    """The client without the network: every reply has this fault."""

    def exchanged(request: Request) -> TransportReply:
        parts = urlsplit(request.url)
        target = f"{parts.path}?{parts.query}"
        right = answer(WORLD, parts.hostname or "", target, request.body or b"")
        reply = right if right.status == 301 else spoiled(right, fault, random)
        headers = {name.lower(): value for name, value in reply.headers.items()}
        return TransportReply(Reply(reply.status, reply.media_type, reply.content), headers)

    return with_validation(following(with_refusals_raised(exchanged, FakeTime().clock)))


def any_request(random: Random) -> Request:
    ids = random.sample(IDS, random.randint(1, 5))
    asks: Sequence[Callable[[], Request]] = (
        lambda: arxiv_request([*ids, UNKNOWN]),
        lambda: scholar_request([*ids, UNKNOWN]),
        lambda: openalex_request(ids[0]),
    )
    return random.choice(asks)()


def is_true(pieces: Sequence[tuple[str, bytes | None]]) -> bool:
    return all(
        content == (WORLD[key].title.encode() if key in WORLD else None) for key, content in pieces
    )


def test_of_10_000_faulty_answers_none_is_stored_and_none_says_unknown(tmp_path: Path) -> None:
    random, believed = Random(5), 0
    # A byte order mark spoils nothing that the readers here cannot read.
    faults = [fault for fault in (*CONTENT_FAULTS, *STATUS_FAULTS) if fault != "bom"]
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        for number in range(10_000):
            request = any_request(random)
            try:
                answered = wire_with(faults[number % len(faults)], random)(request)
            except FetchError:
                continue
            believed += 1
            ledger.keep(request.source, answered.payloads, TODAY)
        assert (believed, ledger.contents()) == (0, ())


def test_a_byte_order_mark_never_makes_an_answer_false() -> None:
    random = Random(6)
    for _ in range(300):
        try:
            answered = wire_with("bom", random)(any_request(random))
        except FetchError:
            continue
        assert is_true(answered.payloads)


def test_of_faulty_answers_over_sockets_none_is_stored(tmp_path: Path) -> None:
    random = Random(7)
    faults = [fault for fault in FAULTS if fault not in {"bom", "hang"}]
    with (
        asking(tmp_path, cycle(faults), tries=1, gaps_scale=0.0) as asked,
        Ledger(tmp_path / "answers.sqlite") as answers,
    ):
        for _ in range(300):
            request = arxiv_request([*random.sample(IDS, 3), UNKNOWN])
            try:
                answers.keep("arxiv", asked.fetch(request).payloads, TODAY)
            except FetchError:
                asked.time.now_s += 700
        assert answers.contents() == ()
        assert len(asked.services.arrivals) == 300


def test_with_30_percent_faults_everything_is_known_in_the_end(tmp_path: Path) -> None:
    random = Random(8)
    faults = [random.choice(FAULTS) if random.random() < 0.3 else None for _ in range(2000)]
    faults = [None if fault == "hang" else fault for fault in faults]
    found: dict[str, bytes | None] = {}
    with asking(tmp_path, faults) as asked:
        for arxiv_id in cycle([*IDS, UNKNOWN]):
            if len(found) == len(IDS) + 1:
                break
            try:
                found |= dict(asked.fetch(openalex_request(arxiv_id)).payloads)
            except FetchError:
                asked.time.now_s += 700
    assert is_true(tuple(found.items()))


def gaps_of(services: FakeServices) -> list[float]:
    at_s = sorted(arrival.at_s for arrival in services.arrivals)
    return [later - earlier for earlier, later in pairwise(at_s)]


def askers(folder: Path, services: FakeServices, scale: float, requests: Sequence[int]) -> None:
    """Runs one process for each number of requests, all at once."""
    address = services.hosts["export.arxiv.org"]
    program = [sys.executable, str(TESTS / "polite_asker.py"), str(folder), address, str(scale)]
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent)}
    running = [subprocess.Popen([*program, str(number)], env=environment) for number in requests]
    assert [process.wait(60) for process in running] == [0] * len(requests)


def test_two_processes_together_ask_arxiv_once_in_three_seconds(tmp_path: Path) -> None:
    with FakeServices(WORLD) as services:
        askers(tmp_path, services, 1.0, [1, 1])
    (gap,) = gaps_of(services)
    assert 3.0 <= gap < 10.0


def test_four_processes_take_turns_and_the_gap_runs_from_the_end_of_a_slow_answer(
    tmp_path: Path,
) -> None:
    with FakeServices(WORLD, drip_s=0.0001) as services:
        askers(tmp_path, services, 0.1, [1, 1, 1, 2])
    gaps = gaps_of(services)
    assert len(gaps) == 4
    assert min(gaps) >= 0.31 + 0.0001 * 900


def test_a_clock_that_steps_back_or_a_lost_mark_costs_one_gap_and_no_more(tmp_path: Path) -> None:
    clock = FakeTime()
    with asking(tmp_path, time=clock) as asked:
        asked.fetch(arxiv_request(IDS[:1]))
        clock.now_s -= 9 * 3600
        asked.fetch(arxiv_request(IDS[:1]))
        assert sum(clock.slept) == pytest.approx(3.1)
        for left in ("running", "", "nonsense", "nan nan"):
            (tmp_path / "arxiv.turn").write_text(left, encoding="ascii")
            clock.slept.clear()
            asked.fetch(arxiv_request(IDS[:1]))
            assert sum(clock.slept) == pytest.approx(3.1)


def test_a_process_that_is_killed_while_it_asks_leaves_a_mark_that_says_so(tmp_path: Path) -> None:
    marks = []

    def seen(path: str) -> None:
        marks.append((tmp_path / "arxiv.turn").read_text(encoding="ascii"))

    with asking(tmp_path, replies={"export.arxiv.org": seen}) as asked:
        asked.fetch(arxiv_request(IDS[:1]))
    assert marks == ["running"]


def killed_writers(
    writers: subprocess.Popen[str], folder: Path, seeds: Sequence[int], after_s: float
) -> list[int]:
    """How many answers each of some processes said that it kept before all were killed."""
    assert writers.stdin is not None
    assert writers.stdout is not None
    said = [folder / f"said-{seed}" for seed in seeds]
    for seed, path in zip(seeds, said, strict=True):
        writers.stdin.write(f"{seed} {path}\n")
    writers.stdin.flush()
    numbers = [int(writers.stdout.readline()) for _ in seeds]
    while not all(path.exists() and path.stat().st_size for path in said):
        time.sleep(0.001)
    time.sleep(after_s)
    for number in numbers:
        os.kill(number, signal.SIGKILL)
    for _ in numbers:
        assert int(writers.stdout.readline()) == -signal.SIGKILL
    return [len(path.read_bytes().splitlines()) for path in said]


def test_a_ledger_whose_writers_are_killed_holds_every_whole_answer_and_no_part(
    tmp_path: Path,
) -> None:
    path, random = tmp_path / "ledger.sqlite", Random(9)
    program = [sys.executable, str(TESTS / "ledger_writer.py"), str(path)]
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent)}
    pipe = subprocess.PIPE
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, env=environment, text=True) as writers:
        for turn in range(15):
            seeds = (2 * turn, 2 * turn + 1)
            kept = killed_writers(writers, tmp_path, seeds, random.random() * 0.05)
            with Ledger(path, today=lambda: TODAY) as ledger:
                assert (ledger.message, ledger.damaged) == (None, 0)
                for seed, said in zip(seeds, kept, strict=True):
                    for number in range(said):
                        pieces = dict(written_answer(seed, number))
                        assert ledger.known("s", pieces) == pieces
                    assert len(ledger.known("s", dict(written_answer(seed, said)))) in {0, PIECES}
