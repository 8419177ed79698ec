"""The ledger: whole answers or none, for ever, whatever happens to its file."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.model.errors import DataError
from pipeline.store.ledger import Ledger, SourceHoldings

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def ledger_at(folder: Path, today: date = TODAY) -> Ledger:
    return Ledger(folder / "ledger.sqlite", today=lambda: today)


def test_what_is_kept_is_known_and_what_is_not_is_left_out(tmp_path: Path) -> None:
    with ledger_at(tmp_path) as ledger:
        ledger.keep("openalex", [("a", b"one"), ("b", None), ("c", b"")], TODAY)
    with ledger_at(tmp_path) as ledger:
        assert ledger.known("openalex", "abcd") == {"a": b"one", "b": None, "c": b""}
        assert ledger.known("arxiv", "abcd") == {}
        assert ledger.days_of("openalex", "ad") == {"a": TODAY}


def test_unknown_is_asked_again_after_30_days_and_found_never(tmp_path: Path) -> None:
    with ledger_at(tmp_path) as ledger:
        ledger.keep("s", [("found", b"x"), ("unknown", None)], TODAY)
    for days, known in ((29, {"found": b"x", "unknown": None}), (30, {"found": b"x"})):
        with ledger_at(tmp_path, TODAY + timedelta(days)) as ledger:
            assert ledger.known("s", ("found", "unknown")) == known


def test_an_unknown_from_a_clock_that_ran_ahead_is_asked_again(tmp_path: Path) -> None:
    with ledger_at(tmp_path) as ledger:
        ledger.keep("s", [("a", None)], TODAY + timedelta(days=900))
        assert ledger.known("s", "a") == {}
        ledger.keep("s", [("a", b"x")], TODAY)
        assert ledger.days_of("s", "a") == {"a": TODAY}


def test_a_refresh_asks_for_what_is_older_than_it(tmp_path: Path) -> None:
    with ledger_at(tmp_path) as ledger:
        ledger.keep("s", [("old", b"x")], TODAY - timedelta(days=31))
        ledger.keep("s", [("new", b"y")], TODAY - timedelta(days=29))
        since = TODAY - timedelta(days=30)
        assert ledger.known("s", ("old", "new"), since) == {"new": b"y"}


def test_what_was_found_is_not_lost_to_an_unknown_or_an_older_answer(tmp_path: Path) -> None:
    with ledger_at(tmp_path) as ledger:
        ledger.keep("s", [("a", b"new")], TODAY)
        ledger.keep("s", [("a", None)], TODAY + timedelta(days=1))
        ledger.keep("s", [("a", b"old")], TODAY - timedelta(days=1))
        assert ledger.known("s", "a") == {"a": b"new"}
        ledger.keep("s", [("a", b"newer")], TODAY)
        assert ledger.known("s", "a") == {"a": b"newer"}


def test_an_answer_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    with ledger_at(tmp_path) as ledger:
        with pytest.raises(TypeError):
            ledger.keep("s", [("a", b"x"), ("b", "text")], TODAY)  # type: ignore[list-item]
        with pytest.raises(AttributeError):
            ledger.keep("s", [("a", b"x"), (7, b"y")], TODAY)  # type: ignore[list-item]
        assert ledger.known("s", "ab") == {}


@example(key="half a pair \ud800", content=b"")
@settings(max_examples=25, deadline=None)
@given(key=st.text(st.characters(exclude_categories=()), max_size=20), content=st.binary())
def test_any_key_and_any_content_come_back(
    key: str, content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with ledger_at(tmp_path_factory.getbasetemp() / "any") as ledger:
        ledger.keep("s", [(key, content)], TODAY)
        assert ledger.known("s", [key]) == {key: content}


def test_contents_are_counted_by_source(tmp_path: Path) -> None:
    before = TODAY - timedelta(days=3)
    with ledger_at(tmp_path) as ledger:
        ledger.keep("b", [("1", b"x"), ("2", None)], before)
        ledger.keep("b", [("3", b"x")], TODAY)
        ledger.keep("a", [("1", None)], TODAY)
        assert ledger.contents() == (
            SourceHoldings("a", 0, 1, str(TODAY), str(TODAY)),
            SourceHoldings("b", 2, 1, str(before), str(TODAY)),
        )
        assert ledger.size_bytes > 4096


def test_a_rest_outlives_the_run_and_one_of_many_may_try_after_it(tmp_path: Path) -> None:
    with ledger_at(tmp_path) as ledger:
        ledger.rest("arxiv", NOON, "asked too often (429)")
        ledger.rest("arxiv", NOON, "asked too often (429)")
    with ledger_at(tmp_path) as ledger, ledger_at(tmp_path) as other:
        assert ledger.rest_of("arxiv") == (NOON, "asked too often (429)", 2)
        assert ledger.resting_until("openalex") is None
        later = NOON + timedelta(seconds=30)
        tried = [each.move_rest("arxiv", NOON, later) for each in (ledger, other, ledger)]
        assert tried == [True, False, False]
        assert other.resting_until("arxiv") == later
        ledger.wake("arxiv")
        assert other.rests() == {}


def test_a_file_that_is_no_ledger_is_moved_aside_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    for number, content in enumerate(
        (b"not a database" * 99, b"SQLite format 3\0" + bytes(9000)), 1
    ):
        path.write_bytes(content)
        with ledger_at(tmp_path) as ledger:
            assert ledger.message is not None
            assert f"ledger.sqlite.damaged-{number}" in ledger.message
            ledger.keep("s", [("a", b"x")], TODAY)
        assert (tmp_path / f"ledger.sqlite.damaged-{number}").read_bytes() == content
    with ledger_at(tmp_path) as ledger:
        assert (ledger.message, ledger.known("s", "a")) == (None, {"a": b"x"})


def test_another_database_is_moved_aside_and_not_written_to(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "ledger.sqlite")
    database.execute("CREATE TABLE mine (x)")
    database.close()
    with ledger_at(tmp_path) as ledger:
        assert ledger.message
        assert ledger.known("s", "a") == {}


def test_a_place_that_cannot_hold_a_ledger_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").mkdir()
    with pytest.raises(DataError, match="cannot be used"), ledger_at(tmp_path):
        pass
    with pytest.raises(DataError, match="not open"):
        ledger_at(tmp_path / "b").known("s", "a")


def test_a_row_that_was_changed_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    with ledger_at(tmp_path) as ledger:
        ledger.keep("s", [("a", b"x"), ("b", b"y"), ("c", b"z"), ("d", b"w")], TODAY)
        ledger.rest("arxiv", NOON, "asked too often")
    database = sqlite3.connect(tmp_path / "ledger.sqlite")
    database.execute("UPDATE pieces SET day = '2027-01-01' WHERE key = 'a'")
    database.execute("UPDATE pieces SET content = NULL WHERE key = 'b'")
    database.execute("UPDATE pieces SET key = 'e' WHERE key = 'c'")
    database.execute("UPDATE rests SET until = '2099-01-01T00:00:00+00:00'")
    database.commit()
    database.close()
    with ledger_at(tmp_path) as ledger:
        assert ledger.known("s", "abcde") == {"d": b"w"}
        assert ledger.damaged == 3
        assert ledger.rests() == {}
        ledger.keep("s", [("a", b"again")], TODAY - timedelta(days=9))
        assert ledger.known("s", "a") == {"a": b"again"}


def test_threads_and_connections_may_write_at_once(tmp_path: Path) -> None:
    def write(ledger: Ledger, name: str) -> None:
        for number in range(40):
            ledger.keep(name, [(f"{number}-{part}", b"x") for part in range(3)], TODAY)

    with ledger_at(tmp_path) as one, ledger_at(tmp_path) as other:
        threads = [
            threading.Thread(target=write, args=(ledger, f"{number}"))
            for number, ledger in enumerate((one, one, other, other))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [held.found for held in one.contents()] == [120] * 4


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a ledger of 200 rows and a rest."""
    folder = tmp_path_factory.mktemp("whole")
    random = Random(2)
    with ledger_at(folder) as ledger:
        ledger.keep("s", [(key, content) for key, content in rows(random)], TODAY)
        ledger.rest("arxiv", NOON, "asked too often")
    return (folder / "ledger.sqlite").read_bytes()


def rows(random: Random) -> list[tuple[str, bytes | None]]:
    sizes = [random.choice((20, 300, 3000)) for _ in range(200)]
    return [
        (f"{n}", None if n % 9 == 0 else random.randbytes(size)) for n, size in enumerate(sizes)
    ]


def flipped(content: bytes, random: Random) -> bytes:
    damaged = bytearray(content)
    first = random.choice((0, 0, random.randrange(len(content))))
    for _ in range(random.choice((1, 1, 10, 300))):
        damaged[random.randrange(first, min(len(content), first + 5000))] ^= 1 << random.randrange(
            8
        )
    cut = random.choice((len(content), len(content), random.randrange(len(content))))
    return bytes(damaged[:cut])


@pytest.mark.parametrize("seed", range(2))
def test_flipped_bytes_never_give_a_wrong_answer_or_an_error(
    seed: int, whole: bytes, tmp_path: Path
) -> None:
    random, truth, saved = Random(seed), dict(rows(Random(2))), 0
    for number in range(30):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "ledger.sqlite").write_bytes(flipped(whole, random))
        with ledger_at(folder) as ledger:
            known = ledger.known("s", truth)
            assert known.items() <= truth.items()
            assert ledger.rests() in ({}, {"arxiv": (NOON, "asked too often", 1)})
            ledger.contents()
            ledger.keep("s", truth.items(), TODAY)
            assert ledger.known("s", truth) == truth
            saved += len(known)
    assert saved > 30 * 200 / 3


def test_a_damaged_ledger_is_saved_but_for_what_lies_where_the_damage_is(
    whole: bytes, tmp_path: Path
) -> None:
    damaged = bytearray(whole)
    middle = len(whole) // 2 // 4096 * 4096
    damaged[middle : middle + 4096] = bytes(4096)
    (tmp_path / "ledger.sqlite").write_bytes(damaged)
    truth = dict(rows(Random(2)))
    with ledger_at(tmp_path) as ledger:
        known = ledger.known("s", truth)
        assert known.items() <= truth.items()
        assert 150 < len(known) < 200


def test_a_new_ledger_is_for_its_owner_alone(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite"):
        assert (tmp_path / "ledger.sqlite").stat().st_mode & 0o777 == 0o600
