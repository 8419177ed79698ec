"""Services that break: one bad answer costs itself, and a host in trouble is waited for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from told_keys import (
    DOWN,
    KEYS,
    URL,
    Asked,
    Kept,
    Waits,
    all_known,
    failing,
    keys_in,
    source,
    told_by,
)

from pipeline.enrich.queue import SMALLEST
from pipeline.model.errors import FetchError


@pytest.mark.parametrize("error", [DOWN, FetchError(URL, "the connection failed or broke")])
@pytest.mark.parametrize("poison", [0, 7, 18])
def test_a_key_that_always_fails_is_put_aside_and_comes_last_in_the_next_run(
    poison: int, error: FetchError
) -> None:
    keys, memory, waits = KEYS[:20], Kept(), Waits()
    first = Asked(failing(keys[poison], error=error))
    told = told_by(first, keys, source(1), memory, waited=waits)
    assert keys_in(told, "found") == set(keys) - {keys[poison]}
    assert (told[keys[poison]].state, waits.waits_s) == ("failed", [])
    assert Counter(first.requests)[(keys[poison],)] == 2
    second = Asked(failing(keys[poison], error=error))
    told_by(second, [keys[poison], *KEYS[20:30]], source(1), memory, waited=waits)
    assert second.requests == [*((key,) for key in KEYS[20:30]), (keys[poison],)]
    healed = told_by(Asked(all_known), [keys[poison]], source(1), memory)
    assert (keys_in(healed, "found"), memory.poison) == ({keys[poison]}, set())


def test_of_a_batch_on_which_a_service_breaks_the_others_are_found() -> None:
    waits = Waits()
    told = told_by(Asked(failing(KEYS[42])), KEYS, source(5), waited=waits)
    assert keys_in(told, "failed") == {KEYS[42]}
    assert keys_in(told, "found") == set(KEYS) - {KEYS[42]}


def test_batches_that_are_too_heavy_are_halved_and_so_are_those_to_come() -> None:
    def service(keys: tuple[str, ...]) -> Mapping[str, bytes]:
        if len(keys) > SMALLEST:
            raise FetchError(URL, "Endpoint request timed out", 504)
        return all_known(keys)

    asked = Asked(service)
    told = told_by(asked, KEYS, source(50))
    assert keys_in(told, "found") == set(KEYS)
    assert [len(keys) for keys in asked.requests] == [50, 25, 25, 25, 25]


def test_a_host_that_breaks_on_everything_for_a_while_is_waited_for() -> None:
    """A burst: it breaks on six requests, whatever they are for, and then is well again."""
    waits, asked = Waits(), Asked(all_known)
    broken = iter(range(6))

    def service(keys: tuple[str, ...]) -> Mapping[str, bytes]:
        if len(asked.requests) > 4 and next(broken, None) is not None:
            raise FetchError(URL, "the service is out of order (503)", 503)
        return all_known(keys)

    asked._service = service
    told = told_by(asked, KEYS, source(5), waited=waits)
    assert keys_in(told, "found") == set(KEYS)
    assert waits.waits_s == [30.0, 60.0]


def test_a_host_that_is_not_waited_for_is_left_alone_after_a_few_batches() -> None:
    asked, waits = Asked(failing(*KEYS)), Waits(goes_on=False)
    told = told_by(asked, KEYS, source(5), waited=waits)
    assert len(asked.requests) == 3
    assert keys_in(told, "failed") == set(KEYS[:15])
    assert keys_in(told, "not asked") == set(KEYS[15:])


def test_a_host_that_fails_on_its_last_batch_alone_is_waited_for_twice() -> None:
    asked, waits = Asked(failing(KEYS[0])), Waits()
    told = told_by(asked, KEYS[:1], source(5), waited=waits)
    assert (told[KEYS[0]].state, waits.waits_s) == ("failed", [30.0, 60.0])


def test_what_failed_before_is_asked_after_the_host_in_trouble_was_waited_for() -> None:
    memory, waits = Kept(), Waits()
    memory.poison = {KEYS[9]}
    calls = iter(range(3))

    def service(keys: tuple[str, ...]) -> Mapping[str, bytes]:
        if next(calls, 9) == 0:
            raise FetchError(URL, "the service is out of order (503)", 503)
        return all_known(keys)

    asked = Asked(service)
    told_by(asked, [KEYS[0], KEYS[9]], source(1), memory, waited=waits)
    assert asked.requests == [(KEYS[0],), (KEYS[0],), (KEYS[9],)]
    assert waits.waits_s == [30.0]


def test_a_host_that_stays_down_is_waited_for_a_few_times_and_then_left() -> None:
    asked, waits = Asked(failing(*KEYS)), Waits()
    told = told_by(asked, KEYS, source(5), waited=waits)
    assert waits.waits_s == [30.0, 60.0, 120.0, 120.0, 120.0]
    assert len(asked.requests) == 3 * 6
    assert keys_in(told, "found") == set()
