"""When and where a paper appeared, from a bibliography to the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build.run import Inputs, build

APPEARED = {
    "a.bib": "@article{a, title={A Study of Sleep}, author={Lee, Ann}, journal={Nature}, "
    "year=2020, month=sep, doi={10.1000/xyz}}\n@misc{b, title={Another One}, author={Bo Kim}, "
    "journal={arXiv preprint arXiv:2}, year={2021}, doi={10.48550/arXiv.2409.02326}}",
    "a.ris": "TY  - JOUR\nTI  - A Study of Sleep\nAU  - Lee, Ann\nJO  - Nature\nPY  - 2020\n"
    "DA  - 2020/09//\nDO  - https://doi.org/10.1000/xyz\nER  - \n",
    "a.json": '[{"id": "a", "type": "article", "title": "A Study of Sleep", "DOI": "10.1000/xyz",'
    '"author": [{"literal": "Ann Lee"}], "container-title": "Nature",'
    '"issued": {"date-parts": [[2020, 9]]}}]',
}


@pytest.mark.parametrize("name", APPEARED)
def test_where_and_when_a_paper_appeared_is_in_the_graph(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(APPEARED[name])
    built = build(Inputs((tmp_path / name,)))
    stated = [(e.published, e.venue, e.doi) for e in (match.entry for match in built.matches)]
    assert stated[0] == ("2020-09", "Nature", "10.1000/xyz")
    assert stated[1:] in ([], [("2021", None, None)])
    papers = {row["title"]: row for row in built.nodes.to_pylist() if row["kind"] == "paper"}
    kept = papers["A Study of Sleep"]
    assert (kept["year"], kept["venue"], kept["doi"]) == (2020, "Nature", "10.1000/xyz")


def test_the_day_of_reading_is_not_that_of_the_paper_and_a_doi_link_is_its_doi(
    tmp_path: Path,
) -> None:
    lines = ("5 February 2024", "https://doi.org/10.1000/abc", "An Old Study of Sleep", "(Ann Lee)")
    (tmp_path / "a.md").write_text("\n".join([*lines, "Worth it.", "#sleep"]))
    built = build(Inputs((tmp_path / "a.md",)))
    (paper,) = (row for row in built.nodes.to_pylist() if row["kind"] == "paper")
    assert (paper["id"], paper["doi"]) == ("doi:10.1000/abc", "10.1000/abc")
    assert (paper["year"], paper["published"]) == (None, None)
    assert [str(day) for day in paper["entry_dates"]] == ["2024-02-05"]
