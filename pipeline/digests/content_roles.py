"""What columns, keys and labels hold whose names no dictionary knows, by what stands in them.

obra   "Slow Cooking of Models"       title: some words each, no two alike
quién  "Ann Lee; Bo Kim"              authors: names
donde  "https://arxiv.org/abs/..."    link: a link or an id alone
temas  "heat, pots"                   tags: a word or two, some of them again and again
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line
from pipeline.digests.dates import dated
from pipeline.digests.fields import FieldName
from pipeline.digests.labels import is_link_line
from pipeline.digests.names import SENTENCE, names_in

LOOKED_AT = 200
"""So many records are looked at."""
_CHARACTERS = 2_000
_TITLE_CHARACTERS = range(8, 301)
_WORDS_OF_TITLE = 2
_WORDS_OF_TAG = 3
_TAG_CHARACTERS = 30
_WORDS_OF_NOTE = 4
_NOTE_CHARACTERS = 12
_SEPARATOR = re.compile(r"[,;|、，；]\s*")
_NUMBER = re.compile(r"[\W\d_]*")
_DAY_CHARACTERS = 40


def roles_by_content(
    columns: Mapping[str, Sequence[str]], known: Iterable[FieldName]
) -> Mapping[str, FieldName]:
    """The field of each column that its values tell; those that they do not are left out.

    `columns` are the values of each name that is not known, `known` the fields of the others. None
    is told where no column, known or not, leads to papers or holds their titles.
    """
    values = {
        name: [value.strip()[:_CHARACTERS] for value in column[:LOOKED_AT] if value.strip()]
        for name, column in columns.items()
    }
    left = {name: column for name, column in values.items() if column}
    taken = set(known)
    roles: dict[str, FieldName] = {}

    def take(field: FieldName, fits: Callable[[str], bool], share: float = 0.8) -> None:
        for name, column in list(left.items()):
            if sum(map(fits, column)) >= share * len(column) and (
                field == "link" or field not in taken
            ):
                roles[name] = field
                taken.add(field)
                del left[name]

    take("link", is_lone_link)
    take("added", _is_day)
    take("authors", is_authors)
    if "title" not in taken and (title := _title_column(left)):
        roles[title] = "title"
        taken.add("title")
        del left[title]
    if "title" not in taken:
        return {}
    for name, column in left.items():
        if "tags" not in taken and _are_tags(column):
            roles[name] = "tags"
            taken.add("tags")
        elif "notes" not in taken and _are_notes(column):
            roles[name] = "notes"
            taken.add("notes")
    return roles


def is_lone_link(value: str) -> bool:
    """Whether a value is links or ids of papers and nothing else."""
    return markdown.is_paper_link(value) and (
        is_link_line(value) or not markdown.said_beside_ids(value)
    )


def is_authors(value: str) -> bool:
    """Whether a value is names and nothing else."""
    names = names_of_line(value) or (names_in(value) if ";" in value else None)
    return names is not None and not names.after


def _is_day(value: str) -> bool:
    stated = dated(value) if len(value) <= _DAY_CHARACTERS else None
    return stated is not None and stated.precision == "day"


def _title_column(columns: Mapping[str, Sequence[str]]) -> str | None:
    """The first column of titles: some words, hardly two alike, no sentence's end."""
    for name, column in columns.items():
        fitting = sum(map(may_be_title, column))
        if fitting >= 0.8 * len(column) and len({*column}) >= 0.9 * len(column):
            return name
    return None


def may_be_title(value: str) -> bool:
    """Whether a value may be a title: some words in one line, no link, no sentence that ends."""
    if len(value) not in _TITLE_CHARACTERS or "\n" in value or "://" in value:
        return False
    long = len(value.split()) >= _WORDS_OF_TITLE or not value.isascii()
    return long and not value.endswith((".", "。", "!")) and not SENTENCE.search(value)


_ANSWERS = frozenset(("true", "false", "yes", "no", "ja", "nein", "oui", "non"))


def _are_tags(column: Sequence[str]) -> bool:
    """Whether values are words or short lists of them, some of which come again."""
    words = [word.strip(" #") for value in column for word in _SEPARATOR.split(value)]
    words = [word for word in words if word]
    # A mark in a column (`x`) is no tag.
    if not words or max(map(len, words)) == 1 or any(map(_NUMBER.fullmatch, words)):
        return False
    if all(word.casefold() in _ANSWERS for word in words):
        return False
    short = all(len(w) <= _TAG_CHARACTERS and len(w.split()) <= _WORDS_OF_TAG for w in words)
    again = max(Counter(words).values()) > 1
    listed = sum(_SEPARATOR.search(value) is not None for value in column) * 2 >= len(column)
    return short and (again or listed)


def _are_notes(column: Sequence[str]) -> bool:
    """Whether most values are some words or, where a script writes none apart, as long."""
    return 2 * sum(map(_is_note, column)) > len(column)


def _is_note(value: str) -> bool:
    return len(value.split()) >= _WORDS_OF_NOTE or (
        not value.isascii() and len(value) >= _NOTE_CHARACTERS
    )
