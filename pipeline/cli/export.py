"""`digest-graph export`: the graph of a build, or a part of it, as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import AsJson, Output, Quiet
from pipeline.cli.terminal import progress_of, say
from pipeline.model.counting import counted
from pipeline.model.errors import UsageError
from pipeline.model.printing import json_line

app = typer.Typer()
_FORMATS = (
    "gexf, gexf-reading, graphml, cytoscape, nodelink, csv, papers, xlsx, neo4j, cypher, "
    "parquet, jsonld, vosviewer, canvas, bibtex, ris, csl-json"
)

FormatOption = Annotated[
    str, typer.Option("--format", "-f", metavar="NAMES", help=f"With commas: {_FORMATS}.")
]
ToOption = Annotated[
    Path | None,
    typer.Option("--to", metavar="FOLDER", help="Where to write [default: where the results are]."),
]
Papers = Annotated[
    str | None,
    typer.Option("--papers", metavar="IDS", help="These papers alone: arXiv ids, with commas."),
]
TagOption = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="Papers with this tag alone; give it once or more."),
]
ReadOption = Annotated[bool, typer.Option("--read", help="The papers of your digests alone.")]
Around = Annotated[
    str | None,
    typer.Option("--around", metavar="NODE", help="What is near a paper, a person or a tag."),
]
View = Annotated[
    str | None,
    typer.Option(
        "--view",
        metavar="NAME",
        help="A simple weighted graph: papers (who cites whom), authors (who writes with whom), "
        "tags (on the same papers), mentions (what you say belongs together).",
    ),
]
Relayout = Annotated[bool, typer.Option("--relayout", help="Lay a part or view out anew.")]
Hops = Annotated[
    int | None,
    typer.Option("--hops", min=0, metavar="N", help="How many steps --around goes [default: 1]."),
]


@app.command(
    epilog="Example: digest-graph export -o outputs --format bibtex --tag ocr --to ocr-papers"
)
def export(
    output: Output = Path("outputs"),
    formats: FormatOption = "gexf,graphml",
    to: ToOption = None,
    papers: Papers = None,
    tag: TagOption = None,
    read: ReadOption = False,
    around: Around = None,
    hops: Hops = None,
    view: View = None,
    relayout: Relayout = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write the graph, or a part of it, as files for other programs.

    A part is papers with their authors, tags and categories, or what is around a node; what you
    give narrows it down together. A view is what networks of citations, co-authors or tags are
    computed with; it and a part lie as in the whole, or anew with --relayout. What opens each file
    is in `digest-graph docs formats`.
    """
    from pipeline.build.exporting import GraphPart, exported

    if hops is not None and around is None:
        raise UsageError("--hops: how far from what? Give --around a paper, a person or a tag.")
    part = GraphPart(
        around, 1 if hops is None else hops, _listed(papers), tuple(tag or ()), read, view, relayout
    )
    done = exported(output, _listed(formats.casefold()), to or output, part, progress_of(quiet))
    if as_json:
        files = [str(path) for path in done.paths]
        say(json_line({"files": files, "nodes": done.nodes, "edges": done.edges}))
    elif not quiet:
        if done.around:
            say(done.around.line())
        of_graph = f"{counted(done.nodes, 'node')}, {counted(done.edges, 'edge')}"
        for papers_alone, counts in ((False, of_graph), (True, counted(done.papers, "paper"))):
            if paths := done.paths_of(papers_alone):
                say(f"{counts} in {', '.join(map(str, paths))}.")


def _listed(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (names or "").split(",") if name.strip())
