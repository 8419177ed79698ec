"""How common names are in a catalogue, and that a build takes it from there."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

from small_catalogue import catalogue_of, record
from test_people import CROWD, FAMILIES, groups, paper
from typer.testing import CliRunner

from pipeline.build.asked import Inputs
from pipeline.build.run import build
from pipeline.catalogue.author_names import NameCounter, read_names
from pipeline.catalogue.folder import ABOUT, NAMES, current_build
from pipeline.catalogue.search import Catalogue
from pipeline.cli.app import app
from pipeline.identity.names import person_name
from pipeline.identity.people import disambiguate_authors
from pipeline.identity.rarity import rarity_of

TYPED = "Hjordrun Quarmbeck"
"""A name of two parts that no table knows."""
BEARERS = [f"{given.lower()}{other} Quarmbeck" for given, other in product(FAMILIES, FAMILIES)]
NAMESAKES = [f"Hjordrun {family}{other}" for family, other in product(FAMILIES, FAMILIES)]


def test_a_name_is_as_common_as_in_the_wider_world_and_never_rarer() -> None:
    here = rarity_of(name for known in CROWD for name in known.authors or ())
    world = rarity_of([TYPED, *BEARERS, *NAMESAKES])
    papers = [paper("2401.1", TYPED), paper("2402.1", TYPED)]
    assert groups(disambiguate_authors([*CROWD, *papers]), TYPED) == [["2401.1", "2402.1"]]
    assert groups(disambiguate_authors([*CROWD, *papers], here), TYPED) == [["2401.1", "2402.1"]]
    assert len(groups(disambiguate_authors([*CROWD, *papers], world), TYPED)) == 2


def test_counts_are_read_as_they_were_written(tmp_path: Path) -> None:
    names = [*BEARERS, *NAMESAKES, TYPED, "\udc80 Odd", ""]
    counter = NameCounter()
    counter.add([names[:50], None, names[50:], names[:50]])
    counter.write(tmp_path / "n.parquet")
    read, counted = read_names(tmp_path / "n.parquet"), rarity_of(names)
    for name in (TYPED, BEARERS[0], "H. Quarmbeck", "Ann Nobody"):
        assert read.share(person_name(name)) == counted.share(person_name(name))


def test_of_more_names_than_are_held_a_fair_part_is_counted(tmp_path: Path) -> None:
    counter = NameCounter(most=100)
    counter.add([BEARERS, NAMESAKES])
    counter.write(tmp_path / "n.parquet")
    read = read_names(tmp_path / "n.parquet")
    assert 25 <= read.names <= 100
    assert 0.3 < read.family["quarmbeck"] / read.names < 0.7


def test_who_bears_a_name_that_the_catalogue_knows_as_common_is_not_one(tmp_path: Path) -> None:
    by_others = [
        record(f"2401.{n:05}", f"Some title number {n}", authors=name)
        for n, name in enumerate([*BEARERS, *NAMESAKES], 1)
    ]
    signed = [(TYPED,), (TYPED,), *(known.authors or () for known in CROWD)]
    file = tmp_path / "cited.bib"
    file.write_text(
        "".join(
            f"@article{{k{n}, title={{Of subject number {n}}}, author={{{' and '.join(names)}}}}}\n"
            for n, names in enumerate(signed)
        ),
        encoding="utf-8",
    )
    made = build(Inputs((file,), everything=True))
    (one,) = (creator for creator in made.creators if creator.name == TYPED)
    catalogue = catalogue_of(tmp_path / "c", *by_others)
    known = build(Inputs((file,), everything=True, catalogue=catalogue))
    assert len([c for c in known.creators if c.name == TYPED]) == 2
    assert len(one.signatures) == 2
    lists = tmp_path / "lists.jsonl"
    rows = (json.dumps({"paper": str(n), "authors": names}) for n, names in enumerate(signed))
    lists.write_text("\n".join(rows), encoding="utf-8")
    options = [[], ["--catalogue", str(catalogue)]]
    assert [_bearers(lists, *option) for option in options] == [1, 2]


def _bearers(lists: Path, *options: str) -> int:
    """How many people bear the typed name, as `disambiguate` tells."""
    result = CliRunner().invoke(app, ["disambiguate", str(lists), "--json", *options])
    rows = map(json.loads, result.stdout.splitlines())
    return len({row["person"] for row in rows if row["name"] == TYPED})


def test_a_catalogue_that_was_built_before_names_were_counted_is_still_read(
    tmp_path: Path,
) -> None:
    folder = catalogue_of(tmp_path, record("2401.00001", "A title of some words"))
    made = current_build(folder)
    assert made
    about = json.loads((made / ABOUT).read_text("utf-8"))
    del about["files"][NAMES]
    (made / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    (made / NAMES).unlink()
    with Catalogue(folder) as catalogue:
        assert catalogue.author_names() is None
