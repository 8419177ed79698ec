"""Gathering: whatever a service does, every key is told once, and what it answered is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told_keys import (
    DAY,
    DOWN,
    KEYS,
    URL,
    Asked,
    Kept,
    Waits,
    all_known,
    asked_of,
    failing,
    keys_in,
    knowing,
    source,
    told_by,
)

from pipeline.enrich.gathering import (
    Asking,
    gathered,
)
from pipeline.enrich.queue import SourceQueue
from pipeline.enrich.remembering import remembered
from pipeline.model.errors import (
    AnswerError,
    FetchError,
    OfflineError,
    RestingError,
    UnreachedError,
)


@pytest.mark.parametrize("poison", [0, 1, 37, 98, 99])
@pytest.mark.parametrize("error", [AnswerError(URL, "wrong"), FetchError(URL, "refused", 400)])
def test_of_a_batch_with_one_poisonous_id_that_one_alone_fails(
    poison: int, error: FetchError
) -> None:
    asked, memory = Asked(failing(KEYS[poison], error=error)), Kept()
    told = told_by(asked, KEYS, source(100), memory)
    assert keys_in(told, "failed") == {KEYS[poison]}
    assert keys_in(told, "found") == memory.rows.keys() == set(KEYS) - {KEYS[poison]}
    assert len(asked.requests) <= 16


def test_a_service_that_answers_nothing_true_is_left_after_a_few_keys() -> None:
    for size, most in ((1, 5), (100, 20)):
        asked = Asked(failing(*KEYS, error=AnswerError(URL, "a page of HTML")))
        told = told_by(asked, KEYS, source(size))
        assert len(asked.requests) <= most
        assert size > 1 or len(asked.requests) == most
        assert keys_in(told, "found") == keys_in(told, "unknown") == set()


def test_what_is_of_more_worth_is_asked_first() -> None:
    asked, memory = Asked(all_known), Kept()
    queues = [SourceQueue(source(10), memory, DAY), SourceQueue(source(1), memory, DAY)]
    queues[1].add(KEYS[:3])
    told = gathered(queues, Asking(asked.fetch, memory, DAY))
    next(told)
    queues[0].add(KEYS[10:30])
    assert len(list(told)) == 22
    assert [len(keys) for keys in asked.requests] == [1, 10, 10, 1, 1]


def test_unknown_is_believed_of_a_source_that_drops_when_it_is_told_twice() -> None:
    dropped = {KEYS[3], KEYS[50]}
    times: dict[str, int] = {}

    def service(keys: tuple[str, ...]) -> Mapping[str, bytes]:
        for key in keys:
            times[key] = times.get(key, 0) + 1
        late = {key for key in dropped if times.get(key, 0) < 2}
        return {key: b"title" for key in keys if key not in {KEYS[7], *late}}

    asked, memory = Asked(service), Kept()
    told = told_by(asked, KEYS, source(10, drops=True), memory)
    assert keys_in(told, "unknown") == {KEYS[7]}
    assert times[KEYS[7]] == 2
    assert len(asked.requests) == 11
    assert memory.rows[KEYS[7]][0] is None
    once = Asked(knowing(KEYS[:-1]))
    assert keys_in(told_by(once, KEYS, source(10)), "unknown") == {KEYS[-1]}
    assert len(once.requests) == 10


def test_a_doubtful_id_is_asked_again_beside_one_that_is_known() -> None:
    asked = Asked(knowing(KEYS[:95]))
    told = told_by(asked, KEYS, source(100, drops=True))
    assert keys_in(told, "unknown") == set(KEYS[95:])
    assert asked.requests[1:] == [(*KEYS[95:], KEYS[0])]
    titles = Asked(knowing(KEYS[:95]))
    told_by(titles, KEYS, source(5, drops=True, keyed_by="title"))
    assert titles.requests[-1] == tuple(KEYS[95:])


def test_doubtful_keys_do_not_wait_for_the_end() -> None:
    asked = Asked(knowing(()))
    next(asked_of(asked, KEYS, source(5, drops=True)))
    assert asked.requests == [tuple(KEYS[:5])] * 2


RESTING = RestingError(URL, "asked too often (429)", 429, datetime(2026, 11, 23, 13, tzinfo=UTC))
SPENT = RestingError(
    URL, "the credits of the day are spent", 429, datetime(2026, 11, 24, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RESTING, "asked too often (429); asked again after 2026-11-23 13:00 UTC"),
        (SPENT, "the credits of the day are spent; asked again after 2026-11-24 00:00 UTC"),
        (UnreachedError(URL, "no connection could be made"), "no connection could be made"),
        (FetchError(URL, "refused with 401: invalid key", 401), "refused with 401"),
    ],
)
def test_a_service_that_rests_or_is_gone_is_not_asked_for_the_rest(
    error: FetchError, reason: str
) -> None:
    gave_up: list[str] = []
    asked = Asked(failing(KEYS[16], error=error))
    told = told_by(asked, KEYS, source(8), given_up=gave_up.append)
    assert len(asked.requests) == 3
    assert keys_in(told, "found") == set(KEYS[:16])
    assert keys_in(told, "failed") == set(KEYS[16:24])
    assert keys_in(told, "not asked") == set(KEYS[24:])
    assert all(reason in (told[key].reason or "") for key in KEYS[16:])
    assert [reason in said for said in gave_up] == [True]


def test_a_rest_that_is_waited_for_costs_nothing() -> None:
    refusals, waits = iter([RESTING, None, RESTING, RESTING]), Waits()

    def service(keys: tuple[str, ...]) -> Mapping[str, bytes]:
        if error := next(refusals, None):
            raise error
        return all_known(keys)

    noon = datetime(2026, 11, 23, 12, 59, 40, tzinfo=UTC)
    told = told_by(Asked(service), KEYS, source(8), waited=waits, now=lambda: noon)
    assert (keys_in(told, "found"), waits.waits_s) == (set(KEYS), [20.0] * 3)


def test_a_service_that_rested_from_before_was_not_asked_at_all() -> None:
    before = RestingError(URL, "resting: asked too often (429)", None, RESTING.until)
    told = told_by(Asked(failing(*KEYS, error=before)), KEYS, source(8))
    assert keys_in(told, "not asked") == set(KEYS)


def test_a_stop_in_the_middle_keeps_what_was_answered_and_the_next_run_goes_on() -> None:
    memory, asked = Kept(), Asked(all_known)

    def stopped() -> str | None:
        return "stopped before its turn" if len(asked.requests) == 4 else None

    told = told_by(asked, KEYS, source(10), memory, stopped=stopped)
    assert keys_in(told, "not asked") == set(KEYS[40:])
    assert {t.reason for t in told.values()} == {None, "stopped before its turn"}
    assert [t.key for t in remembered(source(), KEYS, memory)] == KEYS[:40]


def test_a_generator_that_is_dropped_has_kept_all_that_it_told() -> None:
    memory = Kept()
    told = asked_of(Asked(all_known), KEYS, source(10), memory)
    seen = [next(told).key for _ in range(15)]
    assert set(seen) <= memory.rows.keys()


def test_offline_nothing_is_asked() -> None:
    told = told_by(Asked(failing(*KEYS, error=OfflineError(URL))), KEYS, source(10))
    assert {t.reason for t in told.values()} == {"no request was allowed"}
    assert set(KEYS) == keys_in(told, "not asked")


def test_a_key_that_is_no_longer_known_is_told_as_it_was_found() -> None:
    memory = Kept()
    memory.rows = {KEYS[0]: (b"old", DAY - timedelta(days=40))}
    told = told_by(Asked(knowing(())), KEYS[:1], source(1), memory)
    assert told[KEYS[0]].facts[0].title == "old"


def test_an_answer_that_cannot_be_read_failed_with_its_reason() -> None:
    told = told_by(Asked(lambda keys: dict.fromkeys(keys, b"damaged")), KEYS[:2], source())
    assert {(t.state, t.reason) for t in told.values()} == {("failed", "it is damaged")}


def test_a_key_whose_answer_was_none_is_asked_once_more_at_the_end() -> None:
    for wrongs, state in ((1, "found"), (2, "failed")):
        left = iter([AnswerError(URL, "cut short", 200)] * wrongs)

        def service(keys: tuple[str, ...], left: Iterator[AnswerError] = left) -> dict[str, bytes]:
            if KEYS[0] in keys and (error := next(left, None)):
                raise error
            return dict.fromkeys(keys, b"title")

        asked = Asked(service)
        told = told_by(asked, KEYS[:3], source(1))
        assert [keys[0] for keys in asked.requests] == [*KEYS[:3], KEYS[0]]
        assert told[KEYS[0]].state == state


ERRORS = (
    None, None, None, AnswerError(URL, "html"), FetchError(URL, "refused", 400), RESTING,
    FetchError(URL, "gone"), FetchError(URL, "busy", 503), OfflineError(URL), DOWN,
    FetchError(URL, "wrong key", 401), UnreachedError(URL, "no connection could be made"),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    plan=st.lists(st.sampled_from(ERRORS), max_size=40),
    size=st.sampled_from([1, 2, 5, 100]),
    drops=st.booleans(),
    waits=st.booleans(),
    chosen=st.lists(st.sampled_from(KEYS[:60]), max_size=60),
    known=st.sets(st.sampled_from(KEYS[:60])),
    data=st.data(),
)
def test_every_key_is_told_once_whatever_the_service_does_and_nothing_false_is_kept(
    *,
    plan: list[FetchError | None],
    size: int,
    drops: bool,
    waits: bool,
    chosen: list[str],
    known: set[str],
    data: st.DataObject,
) -> None:
    coming = iter(plan)
    memory = Kept()
    memory.poison = set(chosen[:3])
    stops_at = data.draw(st.integers(0, 90))

    def service(keys: tuple[str, ...]) -> Mapping[str, bytes]:
        error = next(coming, None)
        if error:
            raise error
        return knowing(known)(keys)

    asked = Asked(service)
    told = told_by(
        asked, chosen, source(size, drops=drops), memory, waited=Waits(waits),
        stopped=lambda: "stopped" if len(asked.requests) >= stops_at else None,
    )  # fmt: skip
    assert keys_in(told, "found") <= known
    assert keys_in(told, "unknown").isdisjoint(known)
    assert {key for key, row in memory.rows.items() if row[0] is None} <= keys_in(told, "unknown")
    assert all((row[0] is not None) == (key in known) for key, row in memory.rows.items())
    assert {k for k, t in told.items() if t.state in ("found", "unknown")} <= memory.rows.keys()
    assert all(t.reason for t in told.values() if t.state in ("failed", "not asked"))
    assert memory.poison <= keys_in(told, "failed") | set(chosen[:3])
