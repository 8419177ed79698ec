"""Rules of services and of merging at their boundaries, both sides of each."""

from __future__ import annotations

import copy
import json
from datetime import date, datetime, timedelta
from itertools import permutations
from random import Random
from types import SimpleNamespace

import pytest
from asking import NOON, FakeTime
from test_open_sources import CROSSREF, OPENALEX, PAPER, PUBLISHED
from told_keys import KEYS, URL, Asked, failing, keys_in, source, told_by

from pipeline.digests import ris
from pipeline.digests.reading import entries
from pipeline.enrich.gathering import MOST_WRONG_IN_A_ROW
from pipeline.enrich.merging import papers
from pipeline.fetch.circuit_breaker import REST_S, SHORT_REST_S, with_circuit_breaker
from pipeline.fetch.exchange import WaitError
from pipeline.fetch.refusals import LONGEST_WAIT_S, with_refusals_raised
from pipeline.fetch.retry import with_retries
from pipeline.fetch.validation import with_validation
from pipeline.model.errors import AnswerError, FetchError, RestingError
from pipeline.model.records import Entry, Facts, InputFile, Match, Paper
from pipeline.model.services import Answer, Reply, Request, Source
from pipeline.sources import crossref, openalex

OPENALEX_URL = "https://api.openalex.org/works"


def request(*keys: str, split: object = None) -> Request:
    return Request("openalex", OPENALEX_URL, keys or ("k",), split_by_key=split)  # type: ignore[arg-type]


def test_failures_in_a_row_count_anew_after_an_answer() -> None:
    wrong = set(KEYS[: MOST_WRONG_IN_A_ROW - 1]) | set(
        KEYS[MOST_WRONG_IN_A_ROW : 2 * MOST_WRONG_IN_A_ROW - 1]
    )
    error = FetchError(URL, "refused", 400)

    def service(keys: tuple[str, ...]) -> dict[str, bytes]:
        if keys[0] in wrong:
            raise error
        return {keys[0]: b"title"}

    keys = KEYS[: 2 * MOST_WRONG_IN_A_ROW + 2]
    told = told_by(Asked(service), keys, source(1))
    assert keys_in(told, "failed") == wrong
    assert keys_in(told, "found") == set(keys) - wrong
    wrong.add(KEYS[MOST_WRONG_IN_A_ROW - 1])
    told = told_by(Asked(service), keys, source(1))
    assert keys_in(told, "found") == set()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (399, AnswerError),
        (400, FetchError),
        (404, AnswerError),
        (499, FetchError),
        (500, AnswerError),
    ],
)
def test_a_4xx_that_is_no_answer_is_final_but_for_404(status: int, error: type[FetchError]) -> None:
    def refuse(asked: Request, reply: Reply) -> None:
        raise AnswerError(asked.url, "no answer", reply.status)

    def transport(_: Request) -> SimpleNamespace:
        return SimpleNamespace(reply=Reply(status, "text/html", b""))

    with pytest.raises(error) as caught:
        with_validation(transport)(request(split=refuse))  # type: ignore[arg-type]
    assert type(caught.value) is error
    assert caught.value.status == status


@pytest.mark.parametrize(
    ("left", "needed", "spent"),
    [("9", "10", True), ("10", "10", False), ("0", "0", True), ("1", "0", False)],
)
def test_credits_are_spent_where_fewer_are_left_than_a_request_needs(
    left: str, needed: str, spent: bool
) -> None:
    headers = {"x-ratelimit-remaining": left, "x-ratelimit-credits-required": needed}

    def transport(_: Request) -> SimpleNamespace:
        return SimpleNamespace(reply=Reply(429, "", b""), headers=headers)

    with pytest.raises(WaitError) as caught:
        with_refusals_raised(transport, FakeTime().clock)(request())  # type: ignore[arg-type]
    assert ("credits" in caught.value.reason) is spent
    assert caught.value.wait_s == (12 * 3600 if spent else None)


@pytest.mark.parametrize("status", [403, 408, 429, 500, 503])
def test_what_says_not_now_is_raised_and_every_other_status_comes_through(status: int) -> None:
    def transport_of(status: int) -> object:
        return lambda _: SimpleNamespace(reply=Reply(status, "", b""), headers={})

    with pytest.raises(WaitError):
        with_refusals_raised(transport_of(status), FakeTime().clock)(request())  # type: ignore[arg-type]
    for other in (200, 400, 404, 407, 409, 428, 430, 499):
        through = with_refusals_raised(transport_of(other), FakeTime().clock)  # type: ignore[arg-type]
        assert through(request()).reply.status == other


class Rested:
    """A group that was refused so often, and whose rest is over."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.until: datetime | None = None

    def rest_of(self, group: str) -> tuple[datetime, str, int]:
        return NOON - timedelta(seconds=1), "asked too often", self.refusals

    def move_rest(self, group: str, was: datetime, until: datetime) -> bool:
        return True

    def rest(self, group: str, until: datetime, reason: str) -> None:
        self.until = until

    def wake(self, group: str) -> None:
        raise AssertionError


@pytest.mark.parametrize(
    ("refusals", "asked_s", "rest_s"),
    [
        (2, SHORT_REST_S, SHORT_REST_S),
        (2, SHORT_REST_S + 1, REST_S),
        (3, SHORT_REST_S, REST_S),
        (0, REST_S + 1, REST_S + 1),
        (0, None, REST_S),
    ],
)
def test_a_short_wait_is_believed_three_times_and_a_minute_is_the_longest(
    refusals: int, asked_s: float | None, rest_s: float
) -> None:
    def refused(asked: Request) -> None:
        raise WaitError(asked.url, "asked too often", 429, asked_s)

    rests = Rested(refusals)
    with pytest.raises(RestingError):
        with_circuit_breaker(refused, rests, FakeTime().clock)(request())  # type: ignore[arg-type]
    assert rests.until == NOON + timedelta(seconds=rest_s)


@pytest.mark.parametrize("late_s", [-5.0, 0.0, 20.0])
def test_a_wait_that_is_past_already_is_no_sleep_backwards(late_s: float) -> None:
    time = FakeTime()
    until = NOON + timedelta(seconds=late_s)
    replies = iter([RestingError(OPENALEX_URL, "resting", 429, until), None])

    def fetch(asked: Request) -> Answer:
        error = next(replies)
        if error:
            raise error
        return Answer(asked, ())

    with_retries(fetch, time.clock, Random(1), 4, 4)(request())
    assert len(time.slept) == 1
    assert time.slept[0] >= max(late_s, 1.0)


def test_a_rest_of_a_minute_is_waited_for_and_a_longer_one_is_not() -> None:
    def resting(seconds: float) -> object:
        def fetch(asked: Request) -> Answer:
            raise RestingError(asked.url, "r", 429, NOON + timedelta(seconds=seconds))

        return fetch

    for seconds, waits in ((60.0, True), (60.1, False)):
        time = FakeTime()
        with pytest.raises(RestingError):
            with_retries(resting(seconds), time.clock, Random(1), 2, 2)(request())  # type: ignore[arg-type]
        assert bool(time.slept) is waits
    assert LONGEST_WAIT_S == 86_400


def facts_of(source: Source, key: str, said: object) -> Facts:
    asked = source.ask([key])
    assert asked.split_by_key is not None
    reply = Reply(200, "application/json", json.dumps(said).encode())
    (found,) = source.read(Answer(asked, asked.split_by_key(asked, reply)))
    assert isinstance(found, Facts)
    return found


@pytest.mark.parametrize(("deposited", "nameless", "whole"), [(2, 0, True), (3, 1, False)])
def test_crossref_s_list_is_whole_where_every_deposited_work_is_named(
    deposited: int, nameless: int, whole: bool
) -> None:
    said = copy.deepcopy(CROSSREF)
    said["message"]["reference-count"] = deposited  # type: ignore[index]
    said["message"]["reference"] += [{"key": "9"}] * nameless  # type: ignore[index]
    found = facts_of(crossref.SOURCE, PUBLISHED, said)
    assert len(found.references or ()) == 2
    assert found.references_complete is whole


def test_a_list_that_openalex_may_have_cut_at_100_is_no_author_list() -> None:
    for count, whole in ((99, True), (100, False)):
        one = OPENALEX["authorships"][0]  # type: ignore[index]
        people = [{**one, "raw_author_name": f"Ann Gross{n}"} for n in range(count)]
        found = facts_of(openalex.SOURCE, PAPER, OPENALEX | {"authorships": people})
        assert (found.authors is not None) is whole
        assert len(found.authorships or ()) == count


def entry(file: str, line: int, day: date | None, *authors: str, whole: bool = True) -> Entry:
    return Entry(
        file, line, line, day, "A Title of a Paper", authors or None, whole, None, None, (), None,
        (), (),
    )  # fmt: skip


def merged(*written: Entry, facts: tuple[Facts, ...] = ()) -> Paper:
    found = papers(
        [Match(one, "2401.00001", "matched", 1.0, "printed_id", "", ()) for one in written], facts
    )
    (paper,) = found
    assert isinstance(paper, Paper)
    return paper


def test_entries_of_a_paper_come_by_day_then_file_then_line_however_they_are_read() -> None:
    may, june = date(2024, 5, 1), date(2024, 6, 1)
    ordered = (
        entry("z", 9, None), entry("b", 1, may), entry("a", 7, june), entry("b", 2, june),
        entry("b", 10, june),
    )  # fmt: skip
    for written in permutations(ordered):
        assert merged(*written).entries == ordered


def test_an_author_list_of_notes_is_whole_where_no_note_cut_it() -> None:
    first, cut = entry("a", 1, None, "Ann Lee"), entry("b", 1, None, "Ann Lee", whole=False)
    silent = entry("c", 1, None, whole=False)
    assert merged(first, first).authors_complete
    assert merged(first, silent).authors_complete
    assert not merged(first, cut).authors_complete
    assert not merged(cut).authors_complete
    source = Facts("arxiv", "2401.00001", authors=("Ann Lee", "Bo Kim"))
    assert merged(cut, facts=(source,)).authors_complete
    assert not merged(silent).authors_complete


def test_a_list_that_names_some_of_the_authors_says_nothing_else() -> None:
    whole = entry("a", 1, None, "Ann Lee", "Bo Kim")
    for others, differs in (
        (("A. Lee", "B. Kim"), False), (("Ann Lee",), False), (("Ann Lee", "Cy Roe"), True),
    ):  # fmt: skip
        said = merged(whole, entry("b", 2, None, *others)).disagreements
        assert [claim.field for claim in said] == ["authors"] * differs, others


def test_a_ris_record_takes_its_title_from_the_first_of_four_tags() -> None:
    lines = {"TI": "The Title", "T1": "Primary", "CT": "Caption", "ST": "Short"}
    while lines:
        text = "\n".join(
            ["TY  - JOUR", *(f"{tag}  - {title}" for tag, title in reversed(lines.items())),
             "AU  - Lee, Ann", "UR  - https://arxiv.org/abs/2401.00001", "ER  - ", ""]
        )  # fmt: skip
        document = InputFile("a.ris", lambda text=text: iter([text.encode()]))  # type: ignore[misc]
        (found,) = entries([document], [ris.FORMAT])
        assert isinstance(found, Entry)
        tag, title = next(iter(lines.items()))
        assert found.title == title, tag
        del lines[tag]


@pytest.mark.parametrize("status", [200, 400, 413, 414])
def test_a_batch_that_is_refused_whole_is_asked_in_halves(status: int) -> None:
    asked = Asked(failing(KEYS[0], error=FetchError(URL, "refused", status)))
    told = told_by(asked, KEYS[:8], source(8))
    assert keys_in(told, "failed") == {KEYS[0]}
    assert keys_in(told, "found") == set(KEYS[1:8])


@pytest.mark.parametrize("status", [401, 402, 407])
def test_a_service_that_would_refuse_every_key_is_asked_once(status: int) -> None:
    asked = Asked(failing(*KEYS, error=FetchError(URL, "no key", status)))
    told = told_by(asked, KEYS[:8], source(2))
    assert len(asked.requests) == 1
    assert keys_in(told, "found") == set()


@pytest.mark.parametrize("status", [404, 410, 412, 415, 422])
def test_a_batch_that_is_refused_otherwise_fails_alone(status: int) -> None:
    asked = Asked(failing(KEYS[0], error=FetchError(URL, "refused", status)))
    told = told_by(asked, KEYS[:4], source(2))
    assert keys_in(told, "failed") == set(KEYS[:2])
    assert keys_in(told, "found") == set(KEYS[2:4])
