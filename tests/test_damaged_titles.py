"""Titles that copies of arXiv's records damaged: mended, noticed, and no better than others."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_catalogue import built, catalogue_of, lines_of, record, updated, written
from test_match_rules import ENTRY, PAPER, match

from pipeline.catalogue.search import Catalogue
from pipeline.enrich.merging import papers
from pipeline.model.damaged_titles import damaged_words, end_word, mended_title
from pipeline.model.records import Entry, Facts, Paper
from pipeline.model.title_twins import twin_share

COUNT = 12_000


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("[2023] Sorting Small Stones", "Sorting Small Stones"),
        ("[2024.10] Sorting Stones [IL] [[project](https://a.github.io/b)]", "Sorting Stones"),
        ("Sorting Small Stones.pdf", "Sorting Small Stones"),
        ("[2023-05-01] Sorting Stones](https://a.org/b)", "Sorting Stones"),
        ("Sorting Small Stones, http://a.org/b.pdf", "Sorting Small Stones"),
        ("The Lost Past of www.a.org", "The Lost Past of www.a.org"),
        ("Sorting Small Stones Sorting Small Stones", "Sorting Small Stones"),
        ("[1, 2]-sets and Trees", "[1, 2]-sets and Trees"),
        ("Duran Duran", "Duran Duran"),
        ("The [FeO](2+) Group", "The [FeO](2+) Group"),
    ],
)
def test_what_a_list_put_to_a_title_is_taken_off_when_a_catalogue_is_built(
    tmp_path: Path, printed: str, mended: str
) -> None:
    assert mended_title(printed) == mended
    counted = built(tmp_path / "c", written(tmp_path, lines_of([record("2401.00001", printed)])))
    assert counted.repaired == (printed != mended)
    with Catalogue(tmp_path / "c") as catalogue:
        ((_, piece),) = catalogue.pieces(["2401.00001"])
    assert piece
    assert json.loads(piece)["title"] == mended


@pytest.mark.parametrize(
    ("word", "at_end", "anywhere", "damaged"),
    [
        ("generatio", 1, 1, True),  # generation, its last letter lost
        ("energyy", 1, 1, True),  # doubled
        ("gener", 1, 1, False),  # five letters are more than any record lost
        ("genera", 8, 10, True),
        ("genera", 7, 10, False),  # a word that stands elsewhere too
        ("genera", 45, 45, True),
        ("genera", 46, 46, False),  # not 20 times rarer
        ("ene", 3, 3, True),  # energy
        ("ene", 2, 2, False),
        ("net", 5, 5, False),  # of nets, but a lost s is a singular
        ("ston", 1, 1, False),  # stone is no common word
        ("rive", 1, 1, True),
        ("generation", 900, 900, False),
    ],
)
def test_a_cut_or_doubled_last_word_is_noticed_by_the_words_of_all_titles(
    word: str, at_end: int, anywhere: int, damaged: bool
) -> None:
    titles = {"generation": 900, "energy": 900, "nets": 900, "stone": 199, "river": 200}
    ends = {**titles, word: at_end}
    words = damaged_words(ends, lambda asked: {**titles, word: anywhere}.get(asked, 0))
    assert (word in words) == damaged


def test_the_end_of_a_short_title_or_one_in_capitals_tells_nothing() -> None:
    assert end_word("Graphs of One Scen") == "scen"
    for title in ("Of a Scen", "Tools for the GAMES", "Graphs of One Sc", "One, Two and Three 4"):
        assert end_word(title) is None


def test_a_damaged_title_gives_way_to_any_that_is_whole() -> None:
    whole = "On Scene Graph Generation"
    cut = Facts("catalogue", PAPER.arxiv_id, title=whole[:-1])
    marked = replace(cut, title="Of Energyy and Scenes", title_damaged=True)
    today = Facts("semantic_scholar", PAPER.arxiv_id, title=whole)
    entry = replace(ENTRY, arxiv_id=PAPER.arxiv_id, title="Scenes")
    assert title_of(entry, cut) == cut.title
    assert title_of(entry, cut, today) == title_of(entry, marked, today) == whole
    assert title_of(replace(entry, title=whole), cut) == whole
    assert title_of(replace(entry, title="Nick"), marked) == marked.title
    spac = Facts("catalogue", PAPER.arxiv_id, title="On Scene Graph Spac", title_damaged=True)
    spaces = replace(entry, title="On Scene Graph Spaces")
    assert title_of(spaces, spac) == spaces.title
    assert title_of(spaces, replace(spac, title_damaged=False)) == spac.title
    nets = Facts("catalogue", PAPER.arxiv_id, title="On Scene Graph Net")
    assert title_of(replace(entry, title="On Scene Graph Nets"), nets) == nets.title


def title_of(entry: Entry, *facts: Facts) -> str | None:
    (paper,) = papers([match(entry, *facts[:1])], facts)
    assert isinstance(paper, Paper)
    return paper.title


def test_an_update_keeps_a_whole_title_before_one_that_lost_a_letter(tmp_path: Path) -> None:
    whole = "On Scene Graph Generation"
    folder = catalogue_of(tmp_path, record("2401.00001", whole))
    updated(folder, written(tmp_path, lines_of([record("2401.00001", whole[:-1])]), "new.json"))
    with Catalogue(folder) as catalogue:
        assert catalogue.titles() == {"2401.00001": [whole]}


def test_a_catalogue_counts_how_often_titles_of_a_sort_are_borne_twice(tmp_path: Path) -> None:
    records = [
        record(
            f"24{n // 1000 + 1:02}.{n % 1000 + 1:05}",
            f"On W{n % 2000} of V{n // 7}",
            authors=f"P{n} F{n}",
        )
        for n in range(COUNT)
    ]
    plain = [record(f"2312.{n + 1:05}", "Sorting Stones", authors=f"Q{n} G{n}") for n in range(40)]
    with Catalogue(catalogue_of(tmp_path, *records, *plain)) as catalogue:
        rare, words, bits = catalogue.title_rarity("On W7 of V9")
        common, _, fewer_bits = catalogue.title_rarity("Sorting Stones")
        assert words
        assert {"w7", "v9"} <= words
        assert rare
        assert common
        assert rare < 1 / 50 < common
        assert bits
        assert fewer_bits
        assert bits > fewer_bits
        assert catalogue.about["title_twins"]["twins"] == {"1/0": 40}
    assert twin_share(2, None) > twin_share(9, None)
