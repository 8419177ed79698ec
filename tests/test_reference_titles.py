"""A reference that is printed with a title alone is looked up by the rules of matching."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_catalogue import catalogue_of, record

from pipeline.build.local_sources import LocalSources
from pipeline.build.references import EVIDENCE, CitedWorks
from pipeline.catalogue.search import Catalogue
from pipeline.model.records import Facts, Reference

TITLE = "Learning to Sort Small Stones by Weight"


def printed(title: str | None, author: str | None, year: int | None) -> Reference:
    return Reference(title, author, year, None, None, None)


@pytest.mark.parametrize(
    ("reference", "arxiv_id"),
    [
        (printed(TITLE, "A. Lee", 2024), "2401.00001"),
        (printed(TITLE, "Lee", None), "2401.00001"),
        (printed(TITLE, None, None), "2401.00001"),
        (printed("Sorting Stones", "Lee", 2024), "2401.00002"),
        (printed("Sorting Stones", None, None), None),
        (printed(TITLE, "Zoe Fox", 2024), None),
        (printed(f"{TITLE} II", "A. Lee", 2024), None),
        (printed(None, "A. Lee", 2024), None),
    ],
)
def test_a_title_is_taken_for_a_paper_as_an_entrys_would_be(
    tmp_path: Path, reference: Reference, arxiv_id: str | None
) -> None:
    folder = catalogue_of(
        tmp_path, record("2401.00001", TITLE), record("2401.00002", "Sorting Stones")
    )
    named = Reference(TITLE, None, None, None, "10.1000/x", "its DOI")
    facts = Facts("eprint", "2501.00001", references=(reference, named))
    with Catalogue(folder) as catalogue:
        works = CitedWorks(LocalSources(catalogue))
        for _ in range(2):
            ((found, kept),) = ((f.references or ()) for f in works.completed([facts]).facts)
            assert found.arxiv_id == arxiv_id
            assert found.evidence == (EVIDENCE if arxiv_id else None)
            assert kept is named
    assert CitedWorks(LocalSources(None)).completed([facts]).facts == [facts]
