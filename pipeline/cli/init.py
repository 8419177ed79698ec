"""`digest-graph init`: a few questions, a file that answers them from then on, and the graph."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, Quiet
from pipeline.cli.terminal import say
from pipeline.model.errors import UsageError
from pipeline.settings.keys import VARIABLES, Secret, Settings, checked_email, settings
from pipeline.settings.project import PROJECT_NAME, project

if TYPE_CHECKING:
    from pipeline.settings.note_programs import NoteLibrary
    from pipeline.settings.writing import Chosen

app = typer.Typer()
Ask = Callable[[str], str]
"""Shows a question and gives the line that is typed."""

_SUFFIXES = (".md", ".txt", ".bib", ".ris", ".org")
_NOTES = re.compile(
    "digest|note|paper|reading|vault|zettel|논문|노트|메모|文献|笔记", re.IGNORECASE
)
Folders = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FOLDER]...", help="What to read; else it is looked for."),
]
EmailAnswer = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Told to the services, so that they can reach you."),
]
OutputAnswer = Annotated[
    str, typer.Option("--output", "-o", metavar="FOLDER", help="Where results go.")
]
ExcludeAnswer = Annotated[
    list[str] | None, typer.Option(metavar="GLOB", help="What is not read, as in a .gitignore.")
]
OfflineAnswer = Annotated[
    bool, typer.Option("--offline", help="Never ask a service; written into the file.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: take all that is found.")]
Replace = Annotated[
    bool, typer.Option("--replace", help=f"Write over a {PROJECT_NAME} that is there.")
]
NoBuild = Annotated[bool, typer.Option("--no-build", help="Write the file, and draw nothing yet.")]
_KEYS_AT = {
    "semantic_scholar": "https://www.semanticscholar.org/product/api",
    "openalex": "https://openalex.org/settings/api",
    "opencitations": "https://opencitations.net/accesstoken",
}


@app.command(
    epilog="Examples: digest-graph init; digest-graph init ~/vault --email you@example.org; "
    "digest-graph init digests --yes --no-build"
)
def init(
    folders: Folders = None,
    email: EmailAnswer = None,
    output: OutputAnswer = "outputs",
    exclude: ExcludeAnswer = None,
    offline: OfflineAnswer = False,
    yes: Yes = False,
    replace: Replace = False,
    no_build: NoBuild = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Begin: say what you read, and see its graph. Writes digest-graph.toml, and draws at once.

    Vaults of Obsidian and the library of Zotero are found. You are asked for an e-mail address
    that services are told, and for keys, if you have any; keys are kept apart, for you alone.
    """
    from pipeline.settings.writing import Chosen, as_written, keep_keys
    from pipeline.store.inputs import found_inputs

    ask = _ask if _is_asking(yes, as_json) else None
    _check_place(ask, replace)
    inputs = [as_written(found_path) for found_path in found_inputs(folders or ())]
    inputs = inputs or _inputs(ask, yes)
    left_out = list(dict.fromkeys([*(exclude or ()), *_templates(inputs)]))
    chosen = Chosen(inputs, output, email, left_out, offline)
    if ask and not offline:
        chosen = chosen._replace(email=email or _email(ask))
        keys = _keys(ask)
        if keys:
            say(f"Your keys are in {keep_keys(keys)}, for you alone.")
    _write(chosen)
    _go_on(chosen, no_build, as_json, quiet)


def _is_asking(yes: bool, as_json: bool) -> bool:
    return not yes and not as_json and sys.stdin is not None and sys.stdin.isatty()


def _ask(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        say("")
        raise typer.Abort from None


def _check_place(ask: Ask | None, replace: bool) -> None:
    """Raises UsageError where a file is there, and the reader does not want it replaced."""
    path = Path(PROJECT_NAME)
    if not (path.exists() or path.is_symlink()) or replace:
        return
    if ask is None or ask(f"{PROJECT_NAME} is there. Write over it? [y/N] ")[:1].lower() != "y":
        message = f"{PROJECT_NAME} is there already, and stays as it is"
        raise UsageError(f"{message}. Edit it, or give --replace to write over it.")


def _inputs(ask: Ask | None, yes: bool) -> list[str]:
    """What is to be read: asked for, else all that is found."""
    from pipeline.settings.note_programs import NoteLibrary, note_programs
    from pipeline.settings.writing import as_written

    places = note_programs()
    notes_here = [NoteLibrary(path, "notes here") for path in _folders_beside()]
    places = [
        *(p for p in notes_here if all(p.path.resolve() != f.path.resolve() for f in places)),
        *places,
    ]
    if ask is None:
        names = [as_written(place.path) for place in places]
        if not yes or not names:
            raise UsageError(_unasked(names))
        say(f"Reading {', '.join(names)}.", err=True)
        return names
    return _asked_inputs(ask, places)


def _unasked(names: Sequence[str]) -> str:
    hint = f" --yes would take {', '.join(names)}." if names else ""
    reason = "init asks what to read, and there is nobody to ask" if names else "nothing was found"
    return f"{reason}. Give folders: digest-graph init ~/vault --email you@example.org.{hint}"


def _folders_beside() -> list[Path]:
    """Folders here that are called after notes, else the working folder, if notes are in it."""
    if Path.cwd() == Path.home():
        return []
    folders = [path for path in sorted(Path().iterdir()) if path.is_dir()]
    note_folders = [
        path for path in folders if path.name[0] not in "._" and _NOTES.search(path.name)
    ]
    has_notes = any(f.suffix in _SUFFIXES and f.stem != "README" for f in Path().iterdir())
    return note_folders or ([Path()] if has_notes else [])


def _templates(inputs: Sequence[str]) -> list[str]:
    """What vaults have of templates, which are no notes: patterns that leave them out."""
    from pipeline.settings.note_programs import template_folder

    folders = (template_folder(Path(written).expanduser()) for written in inputs)
    return [f"/{folder}/" for folder in folders if folder]


def _asked_inputs(ask: Ask, places: Sequence[NoteLibrary]) -> list[str]:
    from pipeline.settings.writing import as_written

    if places:
        say("What do you read? These were found:")
        for number, place in enumerate(places, 1):
            say(f"  {number}  {as_written(place.path)}  ({place.what})")
    else:
        say("What do you read? No vault and no library was found here.")
    while True:
        typed = ask("Numbers or paths, with commas" + (" [all]: " if places else ": "))
        if not typed and places:
            return [as_written(place.path) for place in places]
        chosen, wrong = _chosen(typed, places)
        if chosen and not wrong:
            return chosen
        say(f"{wrong}: no such number, file or folder." if wrong else "Name one at least.")


def _chosen(typed: str, places: Sequence[NoteLibrary]) -> tuple[list[str], str | None]:
    """The paths of what was typed, and the first of it that names nothing."""
    from pipeline.settings.writing import as_written

    chosen = []
    for choice in filter(None, (part.strip().strip("'\"") for part in typed.split(","))):
        if choice.isdecimal() and 1 <= int(choice) <= len(places):
            chosen.append(as_written(places[int(choice) - 1].path))
        elif Path(choice).expanduser().exists():
            chosen.append(as_written(Path(choice).expanduser()))
        else:
            return chosen, choice
    return list(dict.fromkeys(chosen)), None


def _known() -> Settings:
    """What is set already; nothing, where a file of settings cannot be read."""
    try:
        return settings()
    except UsageError:
        return Settings()


def _email(ask: Ask) -> str | None:
    known_email = _known().email
    while True:
        typed = (
            ask(f"An e-mail address, for services to reach you [{known_email or 'none'}]: ")
            or known_email
        )
        try:
            return checked_email(typed, typed) if typed else None
        except UsageError as error:
            say(str(error))


def _keys(ask: Ask) -> dict[str, Secret]:
    """The keys that the reader has, of the services that none is set for."""
    from getpass import getpass

    missing = [name for name in VARIABLES if name not in _known().credentials]
    if not missing or ask("Have you keys of services? None is needed. [y/N] ")[:1].lower() != "y":
        return {}
    keys = {}
    for name in missing:
        where = f" ({_KEYS_AT[name]})" if name in _KEYS_AT else ""
        typed = getpass(f"{name}{where}, not shown as you type [none]: ")
        if typed.strip():
            try:
                keys[name] = Secret(typed)
            except UsageError as error:
                say(f"{error} It is left out.")
    return keys


def _write(chosen: Chosen) -> None:
    from pipeline.settings.writing import project_text

    if chosen.email:
        checked_email(chosen.email, "--email")
    path = Path(PROJECT_NAME)
    path.unlink(missing_ok=True)
    path.write_text(project_text(chosen), encoding="utf-8")
    project()


def _go_on(chosen: Chosen, no_build: bool, as_json: bool, quiet: bool) -> None:
    """Says what was written, and draws the graph as `build` does without arguments."""
    from pipeline.model.printing import json_line

    if as_json:
        say(json_line({"file": PROJECT_NAME, **chosen._asdict()}))
    elif not quiet:
        say(f"Wrote {PROJECT_NAME}, which says what is read: {', '.join(chosen.inputs)}.")
    if no_build:
        if not (quiet or as_json):
            say("Draw its graph with: digest-graph build")
        return
    from pipeline.cli.build import app as build

    build(["-q"] if quiet or as_json else [], standalone_mode=False)
    if not (quiet or as_json):
        say("Look at it with: digest-graph open")
