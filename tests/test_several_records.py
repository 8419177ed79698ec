"""Several records of one file: each with its lines, its own fields and nothing of the next."""

from __future__ import annotations

import json
from datetime import date

import pytest
from test_exports_of_others import kept, read

from pipeline.model.records import Skip

TITLE, ID, OTHER = "Slow Cooking of Models", "2401.00011", "2401.00012"
SECOND = f"Fast {TITLE}"
LINK = f"https://arxiv.org/abs/{ID}"
RULE = "\\\\"

WOS = f"""FN Web of Science
VR 1.0
PT J
AU Lee, A
   Kim, B
TI Slow Cooking
   of Models
AR arXiv:{ID}
PD SEP 5
PY 2024
DE ovens; heat
ER

PT J
AU Ng, C
TI {SECOND}
AR arXiv:{OTHER}
PY 2023
ER

EF
"""
ENDNOTE = f"""%0 Journal Article
%A Lee, A
%A Kim, B
%T Slow Cooking
of Models
%D 2024
%8 September
%U {LINK}
%K ovens; heat

%0 Report
%A Ng, C
%T {SECOND}
%D 2023
%U https://arxiv.org/abs/{OTHER}
"""
PUBMED = f"""PMID- 1
TI  - Slow Cooking
      of Models
FAU - Lee, A
AU  - Lee A
FAU - Kim, B
DP  - 2024 Sep 5
SO  - arXiv:{ID}
OT  - ovens
OT  - heat

PMID- 2
TI  - {SECOND}
AU  - Ng C
DP  - 2023
SO  - arXiv:{OTHER}

"""


@pytest.mark.parametrize(("content", "starts"), [(WOS, 14), (ENDNOTE, 11), (PUBMED, 12)])
def test_records_of_tagged_fields_end_where_the_next_begins(content: str, starts: int) -> None:
    first, second = kept(content)
    assert (first.title, first.authors, first.arxiv_id) == (TITLE, ("A Lee", "B Kim"), ID)
    assert (first.published, first.tags) == ("2024-09", ("ovens", "heat"))
    assert (second.title, second.authors, second.arxiv_id) == (SECOND, ("C Ng",), OTHER)
    assert (second.published, second.tags) == ("2023", ())
    assert (first.line_start, first.line_end, second.line_start) == (1, starts - 1, starts)


def test_what_stands_outside_ris_records_is_told_once_and_a_lost_end_costs_its_record() -> None:
    whole = f"TY  - JOUR\nTI  - {TITLE}\nUR  - {LINK}\nPY  - 2024/09/05\nN1  - good\nER  - \n"
    cut = f"TY  - JOUR\nTI  - {SECOND}\n"
    records = read(f"{whole}\nstray\nmore\n{cut}{whole}{cut}")
    assert [r.key if isinstance(r, Skip) else r.line_start for r in records] == [
        1, "notes:8", "notes:10", 12, "notes:18",
    ]  # fmt: skip
    entry = kept(whole)[0]
    assert (entry.title, entry.arxiv_id, entry.published) == (TITLE, ID, "2024-09-05")
    assert entry.commentary == "good"


def test_papers_of_a_mail_have_the_notes_below_them_up_to_a_rule() -> None:
    mail = f"""{RULE}
arXiv:{ID} (*cross-listing*)
Date: Tue, 3 Sep 2024 22:36:42 GMT   (300kb)

Title: Slow Cooking
  of Models
Authors: Ann Lee (MIT), Bo Kim and Cy Ng
DOI: 10.1000/x1
{RULE}
  We cook.
  Slowly.
{RULE} ( {LINK} ,  300kb)
> good
very
------
no note
{RULE}
arXiv:{OTHER}
Date: Mon, 2 Sep 2024

Title: {SECOND}
Authors: Di Fox
{RULE} ( https://arxiv.org/abs/{OTHER} ,  3kb)
bad
%%--%%
no note
"""
    first, second = kept(mail)
    assert (first.title, first.arxiv_id) == (TITLE, ID)
    assert first.authors == ("Ann Lee", "Bo Kim", "Cy Ng")
    assert (first.abstract, first.commentary) == ("We cook. Slowly.", "good\nvery")
    assert (first.date, first.published) == (date(2024, 9, 3), "2024-09-03")
    assert (second.title, second.arxiv_id, second.abstract) == (SECOND, OTHER, None)
    assert (second.authors, second.commentary) == (("Di Fox",), "bad")


def test_a_damaged_item_of_yaml_costs_itself_and_is_told_with_its_line() -> None:
    items = f"- title: {TITLE}\n  arxiv: {ID}\n- title: {SECOND}\n  arxiv: {OTHER}\n"
    first, second, skip = read(f"{items}- title: [x\n  arxiv: 2401.00013\n", "a.yaml")
    assert [first.title, second.title] == [TITLE, SECOND]  # type: ignore[union-attr]
    assert isinstance(skip, Skip)
    assert skip.key == "a.yaml:5"
    documents = f"---\ntitle: {TITLE}\narxiv: {ID}\n---\ntitle: {SECOND}\narxiv: {OTHER}\n"
    assert [(entry.title, entry.line_start) for entry in kept(documents, "a.yaml")] == [
        (TITLE, 1), (SECOND, 5),
    ]  # fmt: skip


def test_people_and_days_of_csl_are_put_together_from_their_parts() -> None:
    lee = {"given": "Ann", "non-dropping-particle": "van", "family": "Lee", "suffix": "Jr."}
    papers = [
        {"title": TITLE, "type": "article", "author": [lee, {"literal": "Qwen Team"}, "Bo Kim"],
         "issued": {"date-parts": [[2024, 9, 5, 7]]}, "URL": LINK, "note": "good"},
        {"title": SECOND, "type": "article", "issued": {"raw": "2023"}, "number": f"arXiv:{OTHER}"},
    ]  # fmt: skip
    first, second = kept(json.dumps(papers, indent=1))
    assert first.authors == ("Ann van Lee Jr.", "Qwen Team", "Bo Kim")
    assert (first.published, first.arxiv_id, first.commentary) == ("2024-09-05", ID, "good")
    assert (second.published, second.arxiv_id, second.authors) == ("2023", OTHER, None)


def test_what_is_nested_in_front_matter_is_what_the_outer_name_says() -> None:
    (entry,) = kept(
        f"---\ntitle: {TITLE}\nauthors:\n  - name: Ann Lee\n  - name: Bo Kim\nlinks:\n"
        f"  pdf: https://arxiv.org/pdf/{ID}\ntags: [ovens, heat]\ndate: 2024-09-05\n---\n\ngood\n"
    )
    assert (entry.title, entry.authors, entry.arxiv_id) == (TITLE, ("Ann Lee", "Bo Kim"), ID)
    assert (entry.tags, entry.date) == (("ovens", "heat"), date(2024, 9, 5))
    assert entry.commentary == "good"


def test_a_bibtex_record_that_is_cut_costs_itself() -> None:
    first, second, skip = read(
        f"@article{{lee,\n title = {{{TITLE}}},\n author = {{Lee, Ann and Kim, Bo}},\n"
        f" eprint = {{{ID}}},\n year = 2024, month = sep,\n note = {{good}}\n}}\n\n"
        f"@misc{{ng,\n title = {{{SECOND}}},\n eprint = {{{OTHER}}}\n}}\n@misc{{bad\n"
    )
    assert not isinstance(first, Skip)
    assert not isinstance(second, Skip)
    assert (first.authors, first.published, first.commentary) == (
        ("Ann Lee", "Bo Kim"), "2024-09", "good",
    )  # fmt: skip
    assert (second.title, second.line_start, second.line_end) == (SECOND, 9, 12)
    assert isinstance(skip, Skip)
    assert skip.key == "notes:13"
