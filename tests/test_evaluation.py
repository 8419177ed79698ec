"""`make eval` on a machine that has no gold."""

from __future__ import annotations

import pytest

from benchmarks import evaluation


def test_without_gold_every_part_is_measured_on_data_that_ships_and_it_says_so() -> None:
    lines = list(evaluation.lines(gold=False))
    assert lines[0].startswith("../shared is not here: measured on invented data")
    assert sum(line.startswith("\n") for line in lines) == len(evaluation.PARTS) + 1
    assert "the digest that ships: title" in "\n".join(lines)
    assert lines[-1].endswith(" targets met.")
    assert not any("skipped" in line for line in lines)


def test_it_exits_by_what_was_measured_and_whether_the_targets_are_met(
    capsys: pytest.CaptureFixture[str],
) -> None:
    met, missed = "precision 1.0  target 0.9  met", "recall 0.5  target 0.9  NOT MET"
    codes = [evaluation.exit_code([met], gold) for gold in (True, False)]
    assert codes == [0, evaluation.ONLY_INVENTED]
    assert [evaluation.exit_code([missed, met], gold) for gold in (True, False)] == [1, 1]
    assert capsys.readouterr().out.splitlines() == [met, met, missed, met, missed, met]
