"""Settings as files: `digest-graph.toml` with a comment on each line, and keys, for one's eyes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import tomlkit

from pipeline.model.errors import OutputError
from pipeline.settings.home import home_folder
from pipeline.settings.keys import CONFIG_NAME, Secret, settings
from pipeline.settings.overrides import toml_string

_TEXT = """\
# What `digest-graph build` reads, and where results go. Edit it as you like; an option on the
# command line is stronger. https://toml.io says how it is written.

# Files and folders of notes, in any mix. They are of this folder, unless they begin with / or ~.
inputs = {inputs}

# What is not read in them, written as in a .gitignore: "drafts/", "*.tmp.md".
exclude = {exclude}

# The folder of the page, the tables and the report.
output = {output}

# Told to the services that are asked, so that they can write to you before they shut you out.
{email}

# Ask no service at all; what was answered before is used.
offline = {offline}

# Read references from each paper's source at arXiv too: slower, and the only place for new papers.
# references_from_source = true

# Ask for so long at most.
# within = "10m"

# Keys do not stand here: `digest-graph doctor` says where they do.
"""


class Chosen(NamedTuple):
    """What the reader chose to have in the file; paths are as they are to be written."""

    inputs: Sequence[str]
    output: str = "outputs"
    email: str | None = None
    exclude: Sequence[str] = ()
    offline: bool = False


def project_text(chosen: Chosen) -> str:
    """The file of what was chosen, which `project` reads as that."""
    return _TEXT.format(
        inputs=_listed(chosen.inputs),
        exclude=_listed(chosen.exclude),
        output=toml_string(chosen.output),
        email=f"email = {toml_string(chosen.email)}" if chosen.email else '# email = "..."',
        offline="true" if chosen.offline else "false",
    )


def as_written(path: Path) -> str:
    """A path as the file has it: of the working folder, else of the home, else whole.

    >>> as_written(Path("notes")), as_written(Path.home() / "vault")
    ('notes', '~/vault')
    """
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as the reader has them
    for folder, before in ((Path.cwd(), ""), (Path.home(), "~/")):
        if whole.is_relative_to(folder):
            inside = whole.relative_to(folder).as_posix()
            return f"{before}{inside}" if inside != "." else before.rstrip("/") or "."
    return whole.as_posix()


def keep_keys(keys: Mapping[str, Secret]) -> Path:
    """Puts keys into `config.toml` in the home folder, which its owner alone may read.

    All else in the file stays as it is. The place of the file is returned. Raises UsageError where
    the file cannot be used as it is, and OutputError where it cannot be written.
    """
    settings()
    path = home_folder() / CONFIG_NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        document = tomlkit.parse(before)
        table = document.setdefault("keys", tomlkit.table())
        for name, secret in keys.items():
            table[name] = secret.revealed()
        _write_for_owner(path, tomlkit.dumps(document))
    except OSError as error:
        raise OutputError(path, f"cannot be written ({error.strerror})", "Mend that.") from None
    return path


def _write_for_owner(path: Path, text: str) -> None:
    # Made by mkstemp, the file is its owner's alone from the first byte on.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)  # noqa: PTH105 - a name, not a path
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _listed(texts: Sequence[str]) -> str:
    if len(texts) < 2:
        return f"[{', '.join(map(toml_string, texts))}]"
    lines = "".join(f"  {toml_string(text)},\n" for text in texts)
    return f"[\n{lines}]"
