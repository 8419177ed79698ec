"""What readers call papers: a nickname, a translation, an earlier or a shorter title."""

from __future__ import annotations

from pipeline.model.folding import folded_title
from pipeline.model.records import Entry, Paper


def reader_names(paper: Paper) -> tuple[str, ...]:
    """The names that the entries of a paper give it, in order, each once; not its title."""
    named: dict[str, str] = {folded_title(paper.title or ""): ""}
    for entry in paper.entries:
        for name in names_in(entry):
            # A name in a script that folds to nothing is its own.
            named.setdefault(folded_title(name) or name, name)
    return tuple(filter(None, named.values()))


def names_in(entry: Entry) -> tuple[str, ...]:
    """What an entry calls its paper: its title, then its other names."""
    return tuple(filter(None, (entry.title, *entry.names)))
