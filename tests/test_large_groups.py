"""Large groups of papers of one name: what they have in common by chance says little."""

from __future__ import annotations

from dataclasses import replace

from test_people import CROWD, groups, yang

from pipeline.identity.people import disambiguate_authors
from pipeline.model.records import Paper


def test_large_groups_of_a_common_name_are_not_joined_for_one_thing_in_common() -> None:
    def career(year: int, co_authors: str, papers: int) -> list[Paper]:
        beside = [f"{co_authors}a Quvelic", f"{co_authors}o Brandvold"]
        return [yang(f"{year}.{n:05}", *beside) for n in range(papers)]

    titles = (
        "Silted Harbour Moorings Below Glaciers of Bronze and Tidal Estuaries",
        "Harbour Lamps Below Silted Quays of Copper",
    )
    for papers, people in ((1, 1), (80, 2)):
        one, other = career(1101, "Olg", papers), career(1201, "Pir", papers)
        one[0], other[0] = (
            replace(each, title=title)
            for each, title in zip((one[0], other[0]), titles, strict=True)
        )
        found = groups(disambiguate_authors([*CROWD, *one, *other]), "Yang Liu")
        assert len(found) == people


def test_a_co_author_with_a_common_name_says_less_of_people_with_many() -> None:
    def career(year: int, papers: int) -> list[Paper]:
        """Papers with one lasting co-author and a new one each; Wei Wang is on the first."""
        return [
            yang(f"{year}.{n:05}", f"Per{year} Brandvold", f"Olga{n} Quvelic{year}",
                 *([] if n else ["Wei Wang"]))
            for n in range(papers)
        ]  # fmt: skip

    for papers, people in ((2, 1), (40, 2)):
        both = career(1101, papers) + career(1201, papers)
        assert len(groups(disambiguate_authors([*CROWD, *both]), "Yang Liu")) == people
