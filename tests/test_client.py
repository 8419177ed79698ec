"""The network client: it bounds what it reads, doubts what it gets, and leaves services alone."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from pathlib import Path

import arxiv  # type: ignore[import-untyped]
import pytest
from asking import IDS, NOON, WORLD, FakeTime, always, asking
from fake_arxiv import FakeReply
from fake_indexes import json_reply, spent_reply
from fake_services import FakeServices
from patience import soon_back
from small_cuts import arxiv_request, openalex_request, scholar_request

from pipeline.fetch.circuit_breaker import with_circuit_breaker
from pipeline.fetch.exchange import ClientSettings, TransportReply
from pipeline.fetch.polite import polite_fetch
from pipeline.fetch.refusals import asked_wait_s
from pipeline.model.errors import AnswerError, FetchError, RestingError
from pipeline.model.services import Request
from pipeline.store.ledger import Ledger

ARXIV, OPENALEX = "export.arxiv.org", "api.openalex.org"


@pytest.mark.parametrize("fault", ["reset", "short_body", "cut_chunks", "bad_gzip", "html", "cut"])
def test_a_fault_is_asked_again_and_the_answer_is_right(fault: str, tmp_path: Path) -> None:
    with asking(tmp_path, [fault, fault]) as asked:
        answer = asked.fetch(arxiv_request(IDS[:3]))
    assert answer.payloads == tuple((key, WORLD[key].title.encode()) for key in IDS[:3])
    assert len(asked.services.arrivals) == 3


@pytest.mark.parametrize("fault", ["reset", "html", "server_error", "busy"])
def test_after_four_tries_the_error_says_so(fault: str, tmp_path: Path) -> None:
    with asking(tmp_path, [fault] * 9) as asked, pytest.raises(FetchError) as caught:
        asked.fetch(openalex_request(IDS[1]))
    assert caught.value.attempts == len(asked.services.arrivals) == 4
    assert isinstance(caught.value, AnswerError) == (fault == "html")
    waits = [slept for slept in asked.time.slept if slept > 0.5]
    assert all(least <= wait <= 3 * least for least, wait in zip((1, 2, 4), waits, strict=True))


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with (
        asking(tmp_path, ["hang"], read_s=0.2, tries=1) as asked,
        pytest.raises(FetchError, match="no answer came in time"),
    ):
        asked.fetch(arxiv_request(IDS[:1]))


@pytest.mark.parametrize(
    ("max_bytes", "reason"), [(9999, "did not end in time"), (99, "over 99 bytes")]
)
def test_an_answer_that_drips_is_given_up_at_the_deadline_or_when_announced_as_too_large(
    max_bytes: int, reason: str, tmp_path: Path
) -> None:
    with (
        soon_back(),
        FakeServices(WORLD, drip_s=0.05) as services,
        Ledger(tmp_path / "l") as ledger,
    ):
        settings = ClientSettings(
            tmp_path, hosts=services.hosts, whole_s=0.3, max_bytes=max_bytes, tries=1
        )
        with polite_fetch(settings, ledger) as fetch, pytest.raises(FetchError, match=reason):
            fetch(arxiv_request(IDS[:1]))


PACKED = FakeReply(200, "a/b", gzip.compress(bytes(3_000_000)), {"Content-Encoding": "gzip"})
PLAIN = FakeReply(200, "a/b", bytes(3_000_000))


@pytest.mark.parametrize("reply", [PACKED, PLAIN], ids=["packed", "announced"])
def test_a_reply_over_the_cap_is_refused_and_not_asked_again(
    reply: FakeReply, tmp_path: Path
) -> None:
    with (
        asking(tmp_path, replies={ARXIV: always(reply)}, max_bytes=1_000_000) as asked,
        pytest.raises(FetchError, match="over 1,000,000 bytes"),
    ):
        asked.fetch(arxiv_request(IDS[:1]))
    assert len(asked.services.arrivals) == 1


@pytest.mark.parametrize("packed", [True, False])
def test_a_reply_that_just_fits_under_the_cap_is_read(packed: bool, tmp_path: Path) -> None:
    content, headers = bytes(1_000_000), {"Content-Encoding": "gzip"}
    reply = FakeReply(200, "a/b", gzip.compress(content), headers) if packed else None
    with (
        asking(
            tmp_path,
            replies={ARXIV: always(reply or FakeReply(200, "a/b", content))},
            max_bytes=1_000_000,
            tries=1,
        ) as asked,
        pytest.raises(FetchError) as caught,
    ):
        asked.fetch(arxiv_request(IDS[:1]))
    assert "bytes" not in str(caught.value)


def test_a_400_is_an_error_at_once_and_404_is_for_the_source_to_read(tmp_path: Path) -> None:
    with asking(tmp_path) as asked:
        with pytest.raises(FetchError) as caught:
            asked.fetch(arxiv_request([IDS[0], "abc"]))
        assert (caught.value.status, len(asked.services.arrivals)) == (400, 1)
        unknown = asked.fetch(openalex_request("2401.99999"))
        assert unknown.payloads == (("2401.99999", None),)


def test_an_answer_for_other_keys_is_no_answer(tmp_path: Path) -> None:
    url = arxiv_request(IDS[:1]).url
    request = Request("arxiv", url, ("a", "b"), None, lambda request, reply: (("a", b""),))
    with asking(tmp_path) as asked, pytest.raises(AnswerError, match="other keys"):
        asked.fetch(request)


def test_holes_and_order_of_a_batch_are_kept(tmp_path: Path) -> None:
    keys = (IDS[5], "2401.99999", IDS[2])
    with asking(tmp_path) as asked:
        pieces = asked.fetch(scholar_request(keys)).payloads
    titles = (WORLD[IDS[5]].title.encode(), None, WORLD[IDS[2]].title.encode())
    assert pieces == tuple(zip(keys, titles, strict=True))
    assert asked.services.arrivals[0].method == "POST"


def test_a_merged_work_is_found_where_the_service_sends_on_to(tmp_path: Path) -> None:
    merged = next(key for key, paper in WORLD.items() if paper.doi)
    with asking(tmp_path) as asked:
        pieces = asked.fetch(openalex_request(merged)).payloads
    assert pieces == ((merged, WORLD[merged].title.encode()),)
    assert [arrival.path[:8] for arrival in asked.services.arrivals] == ["/works/d", "/works/W"]


@pytest.mark.parametrize(("fault", "status"), [("rate_limited", 429), ("denied", 403)])
def test_a_refusal_rests_the_whole_group_for_ten_minutes_over_runs(
    fault: str, status: int, tmp_path: Path
) -> None:
    clock = FakeTime()
    with asking(tmp_path, [fault], time=clock) as asked, pytest.raises(RestingError) as caught:
        asked.fetch(arxiv_request(IDS[:1]))
    assert caught.value.status == status
    assert caught.value.until == clock.now() + timedelta(minutes=10)
    with asking(tmp_path, time=clock) as asked:
        with pytest.raises(RestingError, match="resting"):
            asked.fetch(Request("arxiv", "https://oaipmh.arxiv.org/oai?verb=Identify", ()))
        assert asked.services.arrivals == []
        clock.now_s += 601
        assert asked.fetch(arxiv_request(IDS[:1])).payloads
        assert asked.fetch(arxiv_request(IDS[:1])).payloads


def test_a_refusal_after_the_rest_is_the_next_rest_after_one_request(tmp_path: Path) -> None:
    with asking(tmp_path, ["rate_limited"] * 9) as asked:
        for _ in range(3):
            with pytest.raises(RestingError):
                asked.fetch(arxiv_request(IDS[:1]))
            asked.time.now_s += 601
    assert len(asked.services.arrivals) == 3


def test_while_one_process_tries_after_a_rest_the_others_wait_for_it(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger, asking(tmp_path) as asked:
        ledger.rest("openalex", NOON - timedelta(seconds=9), "asked too often (429)")
        trial_ends = NOON + timedelta(seconds=61)
        assert ledger.move_rest("openalex", NOON - timedelta(seconds=9), trial_ends)
        with pytest.raises(RestingError, match="asked too often"):
            asked.fetch(openalex_request(IDS[1]))
        assert asked.services.arrivals == []


def test_a_failure_in_the_trial_after_a_rest_makes_the_next_request_a_trial(
    tmp_path: Path,
) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger, asking(tmp_path, ["reset"]) as asked:
        ledger.rest("openalex", NOON - timedelta(seconds=9), "asked too often (429)")
        assert asked.fetch(openalex_request(IDS[1])).payloads
        assert ledger.rest_of("openalex") is None
    assert sum(asked.time.slept) < 5


def test_a_rest_over_a_day_long_was_noted_by_a_wrong_clock(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger, asking(tmp_path) as asked:
        ledger.rest("openalex", NOON + timedelta(days=400), "asked too often (429)")
        assert asked.fetch(openalex_request(IDS[1])).payloads


class Outrun:
    """The rests of a process that another one always outruns."""

    def rest_of(self, group: str) -> tuple[datetime, str, int]:
        return (NOON, "asked too often (429)", 1)

    def move_rest(self, group: str, was: datetime, until: datetime) -> bool:
        return False

    def rest(self, group: str, until: datetime, reason: str) -> None:
        raise AssertionError

    def wake(self, group: str) -> None:
        raise AssertionError


def test_after_a_rest_only_the_process_that_was_first_may_try(tmp_path: Path) -> None:
    asked: list[Request] = []

    def wire(request: Request) -> TransportReply:
        asked.append(request)
        raise AssertionError

    with pytest.raises(RestingError):
        with_circuit_breaker(wire, Outrun(), FakeTime().clock)(openalex_request(IDS[1]))
    assert asked == []


def test_a_short_retry_after_is_waited_for_and_a_fourth_refusal_is_a_rest(tmp_path: Path) -> None:
    refused = always(json_reply(429, {}, {"Retry-After": "30"}))
    with (
        asking(tmp_path, replies={OPENALEX: refused}) as asked,
        pytest.raises(RestingError) as caught,
    ):
        asked.fetch(openalex_request(IDS[1]))
    assert len(asked.services.arrivals) == caught.value.attempts == 4
    assert sum(slept >= 29.9 for slept in asked.time.slept) == 3
    assert caught.value.until == asked.time.now() + timedelta(minutes=10)


def test_spent_credits_rest_until_midnight_and_are_called_so(tmp_path: Path) -> None:
    with (
        asking(tmp_path, replies={OPENALEX: always(spent_reply())}) as asked,
        pytest.raises(RestingError, match="credits of the day are spent") as caught,
    ):
        asked.fetch(openalex_request(IDS[1]))
    assert caught.value.until.isoformat() == "2026-11-24T00:00:00+00:00"


def test_semantic_scholar_without_a_key_is_backed_off_from_before_it_rests(tmp_path: Path) -> None:
    with asking(tmp_path, ["rate_limited"] * 2) as asked:
        assert asked.fetch(scholar_request(IDS[:2])).payloads
    assert [round(slept) for slept in asked.time.slept if slept > 10] == [20, 40]


@pytest.mark.parametrize(
    ("text", "wait_s"),
    [
        ("7", 7.0),
        ("-3", 0.0),
        ("9" * 400, 86400.0),
        ("nan", None),
        ("soon", None),
        ("", None),
        ("Mon, 23 Nov 2026 12:00:09 GMT", 9.0),
        ("Mon, 23 Nov 2020 12:00:09 GMT", 0.0),
        ("Mon, 23 Nov 2026 12:00:09 -0000", 9.0),
        ("Mon, 23 Nov 2026 13:00:09 +0100", 9.0),
    ],
)
def test_any_retry_after_is_a_wait_of_at_most_a_day(text: str, wait_s: float | None) -> None:
    assert asked_wait_s({"retry-after": text}, NOON) == wait_s


def real_client_ids(services: FakeServices, search: arxiv.Search) -> list[str]:
    reader = arxiv.Client(page_size=5, delay_seconds=0, num_retries=0)
    reader.query_url_format = f"{services.hosts[ARXIV]}/api/query?{{}}"
    with reader._session:
        found = list(reader.results(search))
    for result in found:
        paper = WORLD[result.get_short_id().partition("v")[0]]
        assert (result.title, result.categories) == (paper.title, list(paper.categories))
        assert [author.name for author in result.authors] == list(paper.authors)
    return [result.get_short_id().partition("v")[0] for result in found]


def test_the_real_arxiv_client_reads_the_fake_arxiv() -> None:
    title, words = WORLD[IDS[3]].title, WORLD[IDS[3]].title.split(":")[0]
    with FakeServices(WORLD) as services:
        by_id = real_client_ids(services, arxiv.Search(id_list=[*IDS[:12], "2401.99999"]))
        assert set(by_id) == set(IDS[:12])
        assert by_id != sorted(by_id)
        assert real_client_ids(services, arxiv.Search(f'ti:"{title}"')) == [IDS[3]]
        scattered = real_client_ids(services, arxiv.Search(f"ti:{words}"))
        assert len(scattered) > len(real_client_ids(services, arxiv.Search(f'ti:"{words}"')))
        with pytest.raises(arxiv.HTTPError, match="400"):
            real_client_ids(services, arxiv.Search(id_list=[IDS[0], "abc"]))
