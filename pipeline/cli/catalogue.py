"""`digest-graph catalogue`: the local catalogue of arXiv, made, brought up to date, described."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, CatalogueFolder, Offline, Quiet
from pipeline.cli.terminal import progress_of, reading_bar, say
from pipeline.model.counting import counted
from pipeline.model.printing import json_line

if TYPE_CHECKING:
    from pipeline.catalogue.writing import CatalogueCounts

app = typer.Typer(
    help="Keep all of arXiv on disk, to match and describe papers without the network.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Files = Annotated[
    list[Path],
    typer.Argument(
        help="The metadata snapshot (JSON lines, .gz, .zip or Parquet), or OAI-PMH pages (XML)."
    ),
]


NewerFiles = Annotated[
    list[Path] | None,
    typer.Argument(
        help="OAI-PMH pages (XML) or a newer snapshot [default: ask arXiv what changed]."
    ),
]


@app.command(epilog="Example: digest-graph catalogue build arxiv-metadata-oai-snapshot.json")
def build(
    files: Files,
    catalogue: CatalogueFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the catalogue from arXiv's metadata snapshot.

    The snapshot is arxiv-metadata-oai-snapshot.json, about 5 GB, which arXiv puts out each week
    (https://www.kaggle.com/datasets/Cornell-University/arxiv). An old catalogue stays in use until
    the new one is whole.
    """
    from pipeline.catalogue.building import build_catalogue

    with reading_bar(quiet) as opened:
        counted = build_catalogue(files, _folder(catalogue), opened)
    _report(counted, _folder(catalogue), as_json, quiet)


@app.command(
    epilog="Examples: digest-graph catalogue update; digest-graph catalogue update oai-pages/"
)
def update(
    files: NewerFiles = None,
    catalogue: CatalogueFolder = None,
    offline: Offline = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Put newer records into the catalogue: from files, or what arXiv says changed since.

    A record takes the place of the old one with its id; a title that changed is remembered, and
    papers are found by it. Asked at arXiv, a harvest that was stopped goes on where it was.
    """
    from pipeline.catalogue.building import update_catalogue
    from pipeline.catalogue.harvest import forget

    folder = _folder(catalogue)
    harvested = [] if files else _harvested(folder, offline, quiet)
    if not files and not harvested:
        say("Nothing changed at arXiv that the catalogue does not hold.", err=as_json)
        return
    with reading_bar(quiet) as opened:
        counted = update_catalogue(files or harvested, folder, opened)
    _report(counted, folder, as_json, quiet)
    forget(harvested)


@app.command(epilog="Example: digest-graph catalogue info")
def info(catalogue: CatalogueFolder = None, as_json: AsJson = False) -> None:
    """Say how many papers the catalogue holds, how new they are, and how large it is."""
    from pipeline.catalogue.describing import described

    description = described(_folder(catalogue))
    for line in [json_line(description._asdict())] if as_json else description.lines():
        say(line)


def _harvested(folder: Path, offline: bool, quiet: bool) -> list[Path]:
    from pipeline.build.asked import Asked, network_options
    from pipeline.catalogue.harvest import pages
    from pipeline.catalogue.search import Catalogue

    with Catalogue(folder) as opened:
        newest = opened.newest
    harvest = pages(
        folder.parent / f"{folder.name}-harvest", newest, network_options(Asked(offline))
    )
    return list(progress_of(quiet)(harvest, "pages from arXiv"))


def _folder(asked: Path | None) -> Path:
    from pipeline.settings.home import catalogue_folder

    return asked or catalogue_folder()


def _report(counts: CatalogueCounts, folder: Path, as_json: bool, quiet: bool) -> None:
    if as_json:
        names = ("repaired", "duplicates", "deleted", "skipped", "first_skip")
        counts_by_name = {name: getattr(counts, name) for name in names}
        say(json_line({"folder": str(folder), "papers": counts.records, **counts_by_name}))
        return
    if quiet:
        return
    phrases = [f"{counted(counts.records, 'paper')} in {folder}"]
    for number, outcome in (
        (counts.repaired, "repaired"),
        (counts.duplicates, "left out as duplicates"),
        (counts.deleted, "deleted by arXiv"),
        (counts.skipped, "left out as damaged"),
    ):
        if number:
            phrases.append(f"{number:,} {outcome}")
    say("; ".join(phrases) + ".")
    if counts.first_skip:
        say(f"The first record left out is {counts.first_skip}", err=True)
