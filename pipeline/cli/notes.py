"""`digest-graph notes`: what the graph says, written into the notes of a vault, and taken away."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, Output, Quiet
from pipeline.cli.terminal import progress_of, say

if TYPE_CHECKING:
    from pipeline.notes.planning import Edit, Left

app = typer.Typer()


class Style(StrEnum):
    """Whose notes they are to be like."""

    OBSIDIAN = "obsidian"
    LOGSEQ = "logseq"
    ORG = "org"


Into = Annotated[
    Path, typer.Option("--into", metavar="FOLDER", help="The folder of the vault for new notes.")
]
NodesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NODE",
        show_default=False,
        help="Papers, people, tags: ids, names, words of titles [default: papers you read].",
    ),
]
PapersOfTagOption = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="Papers of this tag; give it once or more."),
]
AllReadOption = Annotated[bool, typer.Option("--read", help="All papers of your digests.")]
Styled = Annotated[
    Style | None, typer.Option("--style", help="The form of notes [default: what the vault shows].")
]
Whole = Annotated[
    Path | None,
    typer.Option("--vault", metavar="FOLDER", help="The vault [default: the one around --into]."),
]
Apart = Annotated[
    bool, typer.Option("--apart", help="Put no block into your own notes; write new ones.")
]
Canvas = Annotated[
    bool, typer.Option("--canvas", help="Draw what is around each as a canvas, too.")
]
MostLinesOption = Annotated[
    int, typer.Option("--most", "-n", min=1, metavar="N", help="At most so many lines a list.")
]
ReplaceBlockOption = Annotated[
    bool, typer.Option("--replace", help="Write over what you changed in a block.")
]
Undo = Annotated[bool, typer.Option("--undo", help="Take blocks and written notes away again.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
]


@app.command(
    epilog="Examples: digest-graph notes --into ~/vault/Papers --dry-run; "
    "digest-graph notes 2409.01524 --into ~/vault/Papers --canvas; "
    "digest-graph notes --into ~/vault/Papers --undo",
)
def notes(
    into: Into,
    nodes: NodesArgument = None,
    tag: PapersOfTagOption = None,
    read: AllReadOption = False,
    style: Styled = None,
    vault: Whole = None,
    apart: Apart = False,
    canvas: Canvas = False,
    most: MostLinesOption = 10,
    replace: ReplaceBlockOption = False,
    undo: Undo = False,
    dry_run: DryRun = False,
    output: Output = Path("outputs"),
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write what the graph says into your notes: a note for each paper, or a block in your own.

    A block stands between two comments and says what is related and why, who cites it, what you
    have not read; all else in a note stays as it is, and a build does not read the block. Run it
    again to bring it up to date.
    """
    from pipeline.notes.run import NotesRequest, carried_out, summary, undoing, writing

    request = NotesRequest(
        *(into, tuple(nodes or ()), tuple(tag or ()), read, vault),
        *(style.value if style else None, apart, canvas, replace, most),
    )
    edits = undoing(output, request) if undo else writing(output, request, progress_of(quiet))
    done = []
    for edit in edits if dry_run else carried_out(edits, into):
        done.append(edit)
        if not quiet or as_json:
            _tell(edit, dry_run=dry_run, as_json=as_json)
    if not (quiet or as_json):
        say(
            f"{'Nothing was written; it would be: ' if dry_run else ''}{summary(done, request)}",
            err=dry_run,
        )


def _tell(edit: Edit | Left, *, dry_run: bool, as_json: bool) -> None:
    from pipeline.model.printing import json_line
    from pipeline.notes.planning import Left
    from pipeline.notes.run import diff_lines

    if as_json:
        done, why = (None, edit.why) if isinstance(edit, Left) else (edit.what, None)
        say(json_line({"file": str(edit.path), "node": edit.node_id, "done": done, "why": why}))
    elif isinstance(edit, Left):
        say(f"left as it is: {edit.path}: {edit.why}", err=True)
    elif dry_run:
        for line in diff_lines(edit):
            say(line)
