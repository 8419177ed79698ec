"""`digest-graph explain NAME`, the report and the picture: who is who, and what is undecided."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build.run import Inputs, build, write
from pipeline.explain.papers import explanation
from pipeline.export.figure import figure
from pipeline.export.report import BUILD_FILE as REPORT
from pipeline.model.errors import DigestGraphError
from pipeline.model.tables import Build

NOTES = (
    "*A Title About Vision* (Yang Liu, Ana Brandt, Olga Greco)",
    "*Another Title About Vision* (Olga Greco, Yang Liu)",
    "*Speech for Everyone* (Carl Dumas, Yang Liu)",
    "*More of Speech* (Y. Liu, Eva Jansen)",
)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Path]:
    folder = tmp_path_factory.mktemp("people")
    for number, first_line in enumerate(NOTES, 1):
        text = f"{first_line}\n\nGood.\n\n#vision\n"
        (folder / f"24090{number}.txt").write_text(text, encoding="utf-8")
    found = build(Inputs((folder,)))
    write(found, folder / "outputs")
    return found, folder / "outputs"


def test_all_who_bear_a_name_are_told_with_reasons_and_what_is_undecided(
    made: tuple[Build, Path],
) -> None:
    told = explanation("yang liu", made[1])
    assert told.startswith("2 people bear the name Yang Liu.")
    assert "one person because: shared co-author Olga Greco" in told
    assert told.count("[[person]]") == 2
    assert told.count("not certain") == 2
    assert "Another Title About Vision" in told
    assert "a form of this one:\n  author:yliu  Y. Liu" in told


def test_one_of_them_is_told_by_the_id(made: tuple[Build, Path]) -> None:
    told = explanation("author:anabrandt", made[1])
    assert told.startswith("1 person bears the name Ana Brandt.")
    assert "Undecided" not in told


def test_one_of_them_is_told_by_a_part_of_the_name(made: tuple[Build, Path]) -> None:
    told = explanation("brandt", made[1])
    assert told.startswith("author:anabrandt  Ana Brandt")
    assert "1 person bears the name Ana Brandt." in told


def test_a_name_that_nobody_bears_is_looked_for_as_a_title(made: tuple[Build, Path]) -> None:
    with pytest.raises(DigestGraphError, match="nothing in this graph is called"):
        explanation("Nobody Here", made[1])


def test_the_report_says_how_many_co_author_edges_rest_on_an_ambiguous_name(
    made: tuple[Build, Path],
) -> None:
    text = b"".join(REPORT.pieces(made[0])).decode()
    # Of 3 + 1 + 1 + 1 pairs, all but that of Brandt and Greco hold a Yang Liu or a Y. Liu.
    assert "pair people 6 times; of these pairs 5 (83.3%) rest on such a name." in text
    assert text.count("- Yang Liu, `author:yangliu") == 2


def test_an_uncertain_author_is_drawn_hollow(made: tuple[Build, Path]) -> None:
    drawn = figure(made[0].nodes, made[0].edges, labels=5)
    (legend,) = drawn.legends
    assert "uncertain author" in {text.get_text() for text in legend.get_texts()}
