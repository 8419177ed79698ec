"""`make eval` on a machine that has no gold."""

from __future__ import annotations

from benchmarks import evaluation


def test_without_gold_every_part_is_measured_on_data_that_ships_and_it_says_so() -> None:
    lines = list(evaluation.lines(gold=False))
    assert lines[0].startswith("../shared is not here: measured on invented data")
    assert sum(line.startswith("\n") for line in lines) == len(evaluation.PARTS) + 1
    assert "the digest that ships: title" in "\n".join(lines)
    assert lines[-1].endswith(" targets met.")
    assert not any("skipped" in line for line in lines)
