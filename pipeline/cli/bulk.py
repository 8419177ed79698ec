"""`digest-graph bulk`: public dumps cut down to what touches your papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, BulkFolderOption, EngineOption, Quiet
from pipeline.cli.terminal import reading_bar, say
from pipeline.model.counting import counted
from pipeline.model.printing import json_line

if TYPE_CHECKING:
    from pipeline.bulk.cutting import CutCounts, Dumps

app = typer.Typer()
Many = list[str] | None
_DATASETS = ("papers", "citations", "authors")


@app.command(epilog="Example: digest-graph bulk outputs --semantic-scholar s2/ --openalex works/")
def bulk(
    papers: Annotated[
        Path, typer.Argument(help="An output folder of `build`, or a file of arXiv ids.")
    ] = Path("outputs"),
    semantic_scholar: Annotated[
        Many, typer.Option(metavar="FOLDER", help="Holds `papers`, `citations`, `authors`.")
    ] = None,
    openalex: Annotated[
        Many, typer.Option(metavar="PATH", help="`works`: files or folders of them.")
    ] = None,
    opencitations: Annotated[
        Many, typer.Option(metavar="PATH", help="CSV of its Index, of COCI, and of Meta.")
    ] = None,
    crossref: Annotated[
        Many, typer.Option(metavar="PATH", help="Its data file, or COMET's list of citations.")
    ] = None,
    arxiv: Annotated[Many, typer.Option(metavar="FILE", help="The metadata snapshot.")] = None,
    hops: Annotated[int, typer.Option(min=1, max=2, help="2: describe neighbours too.")] = 1,
    engine: EngineOption = "duckdb",
    bulk_folder: BulkFolderOption = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Keep what public dumps say of your papers: references, citers, authors, counts.

    The dumps are read as they come: JSON lines, plain or .gz, and Parquet. What touches your
    papers is left in a folder that `build` uses from then on; nothing is asked of the network.
    """
    from pipeline.bulk.cutting import BulkScope
    from pipeline.bulk.cutting import bulk as cut
    from pipeline.bulk.papers_at_hand import dois_at_hand, ids_at_hand
    from pipeline.settings.home import bulk_folder as usual

    folder = bulk_folder or usual()
    wanted = BulkScope(ids_at_hand(papers), hops, engine, dois_at_hand(papers))
    dumps = _dumps(semantic_scholar, openalex, opencitations, crossref, arxiv)
    with reading_bar(quiet) as opened:
        counts = cut(wanted, dumps, folder, opened)
    if as_json:
        say(json_line({"folder": str(folder), **counts._asdict()}))
    elif not quiet:
        say(_in_words(counts, folder))


def _in_words(counts: CutCounts, folder: Path) -> str:
    bad_lines = counted(counts.bad_lines, "bad line")
    papers, citations = counted(counts.papers, "paper"), counted(counts.citations, "citation")
    links = f"{counted(counts.references, 'reference')}, {citations}"
    bad = f"; {bad_lines} (bad_lines.csv)" if counts.bad_lines else ""
    return f"{papers}, {links} in {folder}{bad}."


def _dumps(
    semantic_scholar: Many, openalex: Many, opencitations: Many, crossref: Many, arxiv: Many
) -> Dumps:
    from pipeline.bulk.cutting import Dumps

    datasets = {
        kind: tuple(path for folder in semantic_scholar or () for path in _dataset(folder, kind))
        for kind in _DATASETS
    }
    others = {"works": openalex, "opencitations": opencitations, "crossref": crossref}
    paths_of = {kind: tuple(paths or ()) for kind, paths in (others | {"arxiv": arxiv}).items()}
    return Dumps(**datasets, **paths_of)


def _dataset(folder: str, kind: str) -> list[str]:
    """The files and folders of a dataset in a folder: those that are named after it."""
    if "://" in folder:
        return [f"{folder.rstrip('/')}/{kind}"]
    return sorted(str(path) for path in Path(folder).glob(f"{kind}*"))
