"""Where authors work, behind their names: no part of these, and no reason to lose them."""

from __future__ import annotations

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import InputFile

BOLD = "# 2024\n\n**Slow Cooking of Large Models**\n{}\nhttps://arxiv.org/abs/2401.00006\nNice.\n"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ann Lee (MIT), Bo Kim (Oven University)", ("Ann Lee", "Bo Kim")),
        ("Ann Lee (MIT) and Bo Kim (Google)", ("Ann Lee", "Bo Kim")),
        ("Ann Lee (ETH Zürich), Cy Roe, Bo Kim (KAIST)", ("Ann Lee", "Cy Roe", "Bo Kim")),
        ("Anna Roe (TU Ofen), Jan Lee (Universität Ofen)", ("Anna Roe", "Jan Lee")),
        ("Ann Lee, MIT; Bo Kim, Oven", ("Ann Lee", "Bo Kim")),
        ("Ann Lee, Oven Lab, Seoul; Bo Kim, Google", ("Ann Lee", "Bo Kim")),
        ("Roe Lee, Ann; Kim Roe, Bo", ("Ann Roe Lee", "Bo Kim Roe")),
        ("van Roe, JA; de Lee, PM", ("JA van Roe", "PM de Lee")),
        ("Roe Lee, ANN; Kim Roe, BO", ("ANN Roe Lee", "BO Kim Roe")),
        ("Deep Sets (Zaheer), Graph Nets (Lee)", None),
        ("Deep Sets (ICML), Graph Nets (ICLR)", None),
        ("Good at MIT (USA), bad at ETH (CH)", None),
    ],
)
def test_places_of_work_are_no_part_of_names(line: str, authors: tuple[str, ...] | None) -> None:
    text = BOLD.format(line).encode()
    (entry,) = entries([InputFile("notes.md", lambda: iter([text]))], FORMATS)
    assert getattr(entry, "title", None) == "Slow Cooking of Large Models"
    assert getattr(entry, "authors", None) == authors
