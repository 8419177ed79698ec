"""The queue of one source: what is left, which batch comes next, and how large it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from told_keys import DAY, KEYS, Kept, source

from pipeline.enrich.queue import SMALLEST, SourceQueue


def queue_of(count: int, size: int, *, drops: bool = False) -> SourceQueue:
    queue = SourceQueue(source(size, drops=drops), Kept(), DAY)
    queue.add(KEYS[:count])
    return queue


def test_doubtful_keys_count_as_left_beside_new_ones() -> None:
    queue = queue_of(25, 10, drops=True)
    assert len(queue) == 25
    batch = queue.next()
    assert batch is not None
    assert list(queue.answered(batch, tuple((key, None) for key in batch.keys))) == []
    assert (len(queue), queue.answers) == (25, 1)
    again = queue.next()
    assert again is not None
    assert (again.keys, again.believed) == (tuple(KEYS[:10]), True)


def test_a_known_key_goes_along_with_doubted_ones_where_there_is_room() -> None:
    queue = queue_of(3, 3, drops=True)
    batch = queue.next()
    assert batch is not None
    list(queue.answered(batch, ((KEYS[0], b"A"), (KEYS[1], None), (KEYS[2], None))))
    doubted = queue.next()
    assert doubted is not None
    assert doubted.keys == (KEYS[1], KEYS[2])
    assert queue.asked_with(doubted) == (KEYS[1], KEYS[2], KEYS[0])
    full = doubted._replace(keys=tuple(KEYS[1:4]))
    assert queue.asked_with(full) == full.keys


def test_a_key_that_the_source_should_have_is_asked_once_and_is_let_room_for() -> None:
    stated = replace(source(3, drops=True), known_key=KEYS[9])
    queue = SourceQueue(stated, Kept(), DAY)
    queue.add(KEYS[:4])
    batch = queue.next()
    assert batch is not None
    assert queue.asked_with(batch) == batch.keys == tuple(KEYS[:3])
    list(queue.answered(batch, tuple((key, None) for key in batch.keys)))
    doubted = queue.next()
    assert doubted is not None
    assert queue.asked_with(doubted) == (*KEYS[:2], KEYS[9])
    itself = doubted._replace(keys=(KEYS[0], KEYS[9]))
    assert queue.asked_with(itself) == itself.keys
    alone = doubted._replace(keys=(KEYS[0],))
    assert queue.asked_with(alone) == alone.keys


def test_where_one_key_is_asked_at_a_time_no_other_goes_along() -> None:
    queue = queue_of(2, 1, drops=True)
    for piece in (b"A", None):
        batch = queue.next()
        assert batch is not None
        list(queue.answered(batch, ((batch.keys[0], piece),)))
    doubted = queue.next()
    assert doubted is not None
    assert queue.asked_with(doubted) == doubted.keys == (KEYS[1],)


@pytest.mark.parametrize("drops", [True, False])
def test_a_key_that_failed_before_is_doubted_where_its_source_drops_keys(drops: bool) -> None:
    memory = Kept()
    memory.poison = {KEYS[0]}
    queue = SourceQueue(source(3, drops=drops), memory, DAY)
    queue.add(KEYS[:2])
    fresh, failed = queue.next(), queue.next()
    assert fresh == ((KEYS[1],), not drops, False)
    assert failed == ((KEYS[0],), not drops, True)


def test_a_heavy_batch_is_halved_and_so_are_those_to_come_but_not_below_a_size() -> None:
    queue = queue_of(100, 60)
    batch = queue.next()
    assert batch is not None
    queue.lightened(batch)
    sizes = [len(batch.keys) for batch in iter(queue.next, None)]
    assert sizes == [30, 30, 30, 10]
    queue = queue_of(100, 40)
    batch = queue.next()
    assert batch is not None
    queue.lightened(batch)
    assert [len(batch.keys) for batch in iter(queue.next, None)] == [20, 20, SMALLEST, SMALLEST, 10]


def test_of_keys_that_are_left_only_one_that_failed_alone_has_failed() -> None:
    queue = queue_of(4, 2)
    first, second = queue.next(), queue.next()
    assert first is not None
    assert second is not None
    queue.put_aside(first)
    queue.put_aside(second._replace(keys=second.keys[:1]))
    assert [told.state for told in queue.abandoned("stopped")] == ["not asked"] * 2 + ["failed"]
    fresh = queue_of(1, 1)
    assert [told.state for told in fresh.abandoned("stopped")] == ["not asked"]


def test_an_odd_batch_is_cut_into_all_of_its_keys() -> None:
    queue = queue_of(5, 5)
    batch = queue.next()
    assert batch is not None
    queue.halved(batch)
    assert [batch.keys for batch in iter(queue.next, None)] == [tuple(KEYS[:2]), tuple(KEYS[2:5])]
