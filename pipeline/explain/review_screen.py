"""What a review shows of an entry: the note itself, and the candidates side by side."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.explain.undecided import Undecided
from pipeline.match.reasons import why, why_not
from pipeline.model.folding import title_words
from pipeline.model.printing import printable
from pipeline.model.records import Candidate, Entry
from pipeline.store.note_lines import note_lines

MOST_SHOWN = 5
"""Of the candidates."""
MOST_NOTE_LINES, MOST_LINKS = 8, 3

_DIFFERENT = "bold red"
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")


def screen(undecided: Undecided, rejected: Sequence[str], heading: str) -> RenderableType:
    """An entry above its first candidates. Words that not all of the titles have stand out."""
    entry, shown = undecided.entry, undecided.candidates[:MOST_SHOWN]
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column(min_width=10)
    table.add_column(overflow="fold", ratio=1)
    titles = [candidate.title for candidate in shown if entry.title]
    table.add_row("", "you wrote", _compared(entry.title or "(no title)", titles))
    if entry.authors:
        table.add_row("", "", Text(printable(", ".join(entry.authors))))
    lines = own_lines(entry)
    if lines:
        table.add_row("", "your note", Text("\n".join(map(printable, lines)), style="dim"))
    links = list(dict.fromkeys(link for line in lines for link in _LINK.findall(line)))
    if links:
        table.add_row("", "its links", Text("\n".join(map(printable, links[:MOST_LINKS]))))
    for number, candidate in enumerate(shown, 1):
        state = "rejected" if candidate.arxiv_id in rejected else candidate.source
        marked = f"{printable(candidate.arxiv_id)}\n{printable(state)}"
        table.add_row("")
        table.add_row(str(number), Text(marked), _told(candidate, entry.title or ""))
    place = printable(f"{entry.file}:{entry.line_start}")
    head = Text(f"{heading}   {place}, {entry.date or 'no date'}", style="bold")
    not_shown = len(undecided.candidates) - len(shown)
    more = f"\n{not_shown} more: digest-graph explain {place}" if not_shown else ""
    return Group(
        head, Text(printable(f"Undecided: {undecided.reason}.")), Text(), table, Text(more)
    )


def own_lines(entry: Entry) -> list[str]:
    """The lines of the entry in its file; of a row of CSV its cells, each with its column."""
    if Path(entry.file).suffix.casefold() not in (".csv", ".tsv"):
        return note_lines(entry.file, entry.line_start, entry.line_end, MOST_NOTE_LINES)
    head = "".join(note_lines(entry.file, 1, 1, 1))
    lines = note_lines(entry.file, entry.line_start, entry.line_end, MOST_NOTE_LINES)
    between = max("\t;,", key=head.count)
    names, cells = (next(csv.reader(text, delimiter=between), []) for text in ([head], lines))
    columns = zip(names, cells, strict=False)
    own = entry.title or ""
    return [f"{name}: {said}" for name, said in columns if said.strip() and said.strip() != own]


def _told(candidate: Candidate, title: str) -> Text:
    text = _compared(candidate.title, [title])
    if candidate.scores.get("former"):
        text.append(f"\nformerly {printable(candidate.known_as)}")
    spelled_above = replace(candidate, scores={**candidate.scores, "renamed": 0.0})
    text.append(f"\nfor: {printable(why(spelled_above))}\nagainst: {why_not(candidate.scores)}")
    return text.append(f"\nhttps://arxiv.org/abs/{printable(candidate.arxiv_id)}")


def _compared(title: str, others: Sequence[str]) -> Text:
    """A title, in which the words that one of the others lacks stand out."""
    other_words = [set(title_words(other)) for other in others]
    text = Text()
    for number, word in enumerate(printable(title).split()):
        words = set(title_words(word))
        text.append(" " if number else "")
        text.append(word, style="" if all(words <= other for other in other_words) else _DIFFERENT)
    return text
