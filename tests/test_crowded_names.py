"""A name with more groups of papers than can all be compared: words lead to those near."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_people import CROWD, groups, yang

from pipeline.identity.comparison import MOST_COMPARED, MOST_IN_CIRCLES
from pipeline.identity.people import disambiguate_authors
from pipeline.model.records import Paper

SYLLABLES = ("bor", "dem", "fik", "gul", "hax", "jop", "kev", "lun", "mir", "nad")


def _word(number: int) -> str:
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:05}")


def _bearer(number: int) -> Paper:
    """One of many who bear the name, with a co-author and a title of their own."""
    title = " ".join(_word(7 * number + place) for place in range(7))
    return replace(yang(f"1101.{number:05}", f"{_word(number)} Quvelic"), title=title)


@pytest.mark.parametrize("others", [MOST_COMPARED - 2, MOST_COMPARED - 1, MOST_IN_CIRCLES])
def test_papers_of_one_rare_topic_are_one_persons_however_many_bear_the_name(others: int) -> None:
    titles = "Moorings of Silted Harbours Below Glaciers", "Silted Harbours, Moorings and Glaciers"
    beside = "Olga Brandvold", "Pirkko Hazelhoff"
    both = [
        replace(yang(f"120{n}.00001", co_author), title=title)
        for n, (co_author, title) in enumerate(zip(beside, titles, strict=True), 1)
    ]
    crowd = [*CROWD, *map(_bearer, range(others))]
    found = groups(disambiguate_authors([*crowd, *both]), "Yang Liu")
    assert {"1201.00001", "1202.00001"} in [set(papers) for papers in found]
    assert len(found) == others + 1
