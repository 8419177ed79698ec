"""`digest-graph people|disambiguate`: the people of a graph, and of any lists of authors."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, CatalogueFolder, Output, Quiet
from pipeline.cli.taking import answer, taken_node
from pipeline.cli.terminal import progress_of, say, told
from pipeline.model.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.analyse.finding import Taken
    from pipeline.identity.rarity import Rarity

LINES_AT_ONCE = 1_000
"""Lines are written by so many: a million one by one take seconds longer."""
_OF_FILES = (".jsonl", ".json", ".ndjson", ".jl", ".txt", ".csv", ".gz", ".zip")
"""A name such as `Daniel Y. Fu` has a suffix too."""
app = typer.Typer()
HEADINGS = {
    "id": "id", "papers": "papers", "read": "read", "coauthors": "co-authors",
    "confidence": "sure", "label": "name", "doubt": "doubt",
}  # fmt: skip
"""The columns of the table on screen; `--json` has them all."""


@app.command(
    epilog="Examples: digest-graph people --tag rl --most 10; digest-graph people 'Haoran Wei'"
)
def people(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[NAME|FILE]",
            help="One person; or lists of authors instead of a graph, as for `disambiguate`.",
        ),
    ] = None,
    output: Output = Path("outputs"),
    tag: Annotated[
        str | None, typer.Option(help="Only by papers of this tag, or of a narrower one.")
    ] = None,
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List the people of the graph that was built: papers, co-authors, how sure, what doubt."""
    if file is not None and _is_name(file):
        _refuse_idle(context, ("tag", "most", "quiet"), "for one person")
        _tell_person(output, str(file), as_json)
        return
    _refuse_idle(context, ("output", "tag", "most") if file else ("quiet",))
    if file is not None:
        disambiguate(file, as_json, None, quiet)
        return
    people, of_tag = people_of_graph(output, tag, most)
    answer(people, HEADINGS, as_json, [of_tag] if of_tag else ())


def _is_name(file: Path) -> bool:
    """Whether this is rather what a person is called than where a file is."""
    is_like_a_file = file.suffix.casefold() in _OF_FILES or file.name != str(file)
    return not file.exists() and not is_like_a_file and str(file) != "-"


def _tell_person(folder: Path, name: str, as_json: bool) -> None:
    import pyarrow.compute as pc

    from pipeline.analyse.reach import author_reach
    from pipeline.store.tables import read_graph

    nodes, edges = read_graph(folder)
    person = taken_node(nodes, name, "author", "organisation")
    people = author_reach(nodes, edges, None)
    reach = people.filter(pc.equal(people["id"], person.id))
    nothing = f"{person.label} is no person of whom papers are known."
    answer(reach, HEADINGS, as_json, [person], nothing)
    say(f"`digest-graph explain {person.id}` says which papers, and why.", err=as_json)


def _refuse_idle(context: typer.Context, names: tuple[str, ...], asked: str = "") -> None:
    """Raises UsageError for the first of these options that is given: here it would do nothing."""
    for name in names:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            purpose = "of a graph, and FILE is none" if name != "quiet" else "for FILE"
            said = f"does nothing {asked}" if asked else f"is {purpose}"
            raise UsageError(f"--{name} {said}. Leave it out.")


@app.command(epilog="Example: digest-graph disambiguate papers.jsonl --json > people.jsonl")
def disambiguate(
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON lines of {paper, title, year, venue, authors: [name, ...]}; - is stdin."
        ),
    ],
    as_json: AsJson = False,
    catalogue: CatalogueFolder = None,
    quiet: Quiet = False,
) -> None:
    """Print who signs which paper, of any lists of authors: a line for each name, or person.

    A name that is common among the authors of the catalogue is taken for no rarer than it is there.
    """
    from pipeline.build.long_work import uncollected
    from pipeline.cli.disambiguate import people_of_file, signed_json_lines, signed_table_lines

    names = _names_of_catalogue(catalogue)
    with uncollected():
        signed = told(people_of_file(file, progress_of(quiet), names), quiet)
        lines = (signed_json_lines if as_json else signed_table_lines)(signed)
        while some := list(islice(lines, LINES_AT_ONCE)):
            say("\n".join(some))


def _names_of_catalogue(asked: Path | None) -> Rarity | None:
    """How common names are in the catalogue asked for, else in the usual one if it is there."""
    from pipeline.settings.home import catalogue_folder

    if asked is None and not catalogue_folder().is_dir():
        return None
    from pipeline.catalogue.folder import current_build

    if asked is None and current_build(catalogue_folder()) is None:
        return None
    from pipeline.catalogue.search import Catalogue

    with Catalogue(asked or catalogue_folder()) as known:
        return known.author_names()


def people_of_graph(
    folder: Path, tag: str | None, most: int | None
) -> tuple[pa.Table, Taken | None]:
    """The people of the graph in a folder, as `author_reach` lists them, most papers first.

    With a tag, which is the second, by the papers of that tag or of a narrower one alone. Raises
    DigestGraphError where no tag is called so, or no graph is there.
    """
    from pipeline.analyse.parts import PaperFilter, where
    from pipeline.analyse.reach import author_reach
    from pipeline.store.tables import read_graph

    nodes, edges = read_graph(folder)
    of_tag = None if tag is None else taken_node(nodes, tag, "tag")
    if of_tag:
        nodes, edges = where(nodes, edges, PaperFilter(tags=[of_tag.id]))
    return author_reach(nodes, edges, most), of_tag
