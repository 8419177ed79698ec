"""Labels that no dictionary knows, read by what stands behind them wherever the file uses them.

शीर्षक: Slow Cooking of Models               title: words as titles have, beside the others
लेखक: Ann Lee, Bo Kim                   authors: names
कड़ी: https://arxiv.org/abs/2401.00001      link: an id or a link alone, the first of its paper

A file lays out its papers in one way; so a label is what all of its lines say that it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pipeline.digests import markdown
from pipeline.digests.bylines import PASSING, named_paper
from pipeline.digests.content_roles import is_authors, is_lone_link, may_be_title
from pipeline.digests.dates import dated
from pipeline.digests.fields import FieldName, field_of
from pipeline.digests.heads import head_of_line
from pipeline.digests.prose import tags_of_line
from pipeline.digests.titles import looks_like_title

_WORD = r"[^\W\d_][^\s:：|()\[\]<>{}=.,;!?\"“”…\\*#_]{0,29}"
_COLON = r"(?:::?|：)"
_LABELLED = re.compile(
    r"(?P<lead>[\s>]*(?:[-*+•·]\s+)?)(?P<mark>\*{0,3}|_{0,2})"
    rf"(?P<label>{_WORD}(?:[ '’/-]{_WORD}){{0,3}})(?:\s?\([^()]{{1,20}}\))?"
    rf"(?:(?P=mark)\s?{_COLON}|\s?{_COLON}(?P=mark))[ \t]+(?P<value>\S.*?)\s*"
)
_TIGHT = re.compile(rf"(?P<lead>\s*)(?P<label>[^\W\d_a-zA-Z]{{1,12}}){_COLON}(?P<value>\S.*?)\s*")
_LONGEST = 600
_LABEL_CHARACTERS = 30
_COLON_WITHIN = 130
_LINES_ABOVE = 12
_NEAR = 3
_QUOTES = "\"“„«《「『'"
_LIST = re.compile(r"[,;、，；،]\s*")
_TAG_CHARACTERS = 30
_WORDS_OF_TAG = 3
_WORDS_OF_VENUE = 6
_SEVERAL = 2
_SHORT = 3
_STEM = 3
_OPENS = re.compile(r"\s*(?:#{1,6}\s|[-=*_~—]{3,}\s*$)")


class _Labelled(NamedTuple):
    """A line with a label: its place, what stands before the label, the label, and its value."""

    at: int
    lead: str
    label: str
    value: str


class KnownLabels(NamedTuple):
    """Lines whose own labels are called as known ones, and each such line as it was written."""

    lines: Sequence[str | None]
    written: Mapping[str, str]


def with_known_labels(lines: Sequence[str | None], start: int) -> KnownLabels:
    """The lines from index `start` on, each label of the file's own as the one that it stands for.

    Lines whose labels are known, and those of no clear label, stay as they are.
    """
    labelled = [found for at in range(start, len(lines)) if (found := _labelled(lines[at], at))]
    unknown: dict[str, list[_Labelled]] = {}
    for line in labelled:
        if field_of(line.label) is None and not PASSING.search(line.label):
            unknown.setdefault(line.label.casefold(), []).append(line)
    if not unknown:
        return KnownLabels(lines, {})
    fields = _Fields(lines, labelled)
    # What is beside a field tells of it: one round may find what another needs.
    for field, fits in (*_TESTS.items(), *_TESTS.items()):
        for label, uses in unknown.items():
            if label not in fields.of_label and fits(fields, uses):
                fields.take(label, field, uses)
    return _renamed(lines, unknown, fields)


def _renamed(
    lines: Sequence[str | None], unknown: Mapping[str, Sequence[_Labelled]], fields: _Fields
) -> KnownLabels:
    changed = [*lines]
    for uses in unknown.values():
        if _begins_references(uses, fields):
            for use in uses:
                changed[use.at] = f"{use.lead}{use.value}"
    written: dict[str, str] = {}
    for label, field in fields.of_label.items():
        for use in unknown[label]:
            original = (lines[use.at] or "").strip()
            labelled = f"{field}: {use.value}"
            changed[use.at] = f"{use.lead}{labelled}"
            written[f"{use.lead}{labelled}".strip()] = original
            written[labelled] = original
    return KnownLabels(changed, written)


def _labelled(line: str | None, at: int) -> _Labelled | None:
    if not line or len(line) > _LONGEST or not _has_colon(line[:_COLON_WITHIN]):
        return None
    match = _LABELLED.fullmatch(line) or _TIGHT.fullmatch(line)
    if not match or len(match["label"]) > _LABEL_CHARACTERS:
        return None
    return _Labelled(at, match["lead"], match["label"], match["value"].strip(" *_"))


def _begins_references(uses: Sequence[_Labelled], fields: _Fields) -> bool:
    """Whether a label stands before several whole references: `Gelesen: Title. Names. Id`."""
    if len(uses) < _SEVERAL or any(use.label.casefold() in fields.of_label for use in uses):
        return False
    return len({use.value for use in uses}) == len(uses) and all(
        markdown.ids_in(use.value) and not is_lone_link(use.value) and _is_reference(use.value)
        for use in uses
    )


def _is_reference(value: str) -> bool:
    head = head_of_line(value)
    return named_paper(value) or (head.title is not None and head.authors is not None)


def _has_colon(text: str) -> bool:
    return ":" in text or "：" in text


class _Fields:
    """What the labels of a file are known to be so far, and on which lines they stand."""

    def __init__(self, lines: Sequence[str | None], labelled: Sequence[_Labelled]) -> None:
        self.lines = lines
        self.of_label: dict[str, FieldName] = {}
        self.of_line: dict[int, FieldName] = {}
        self.count: Counter[FieldName] = Counter()
        self._stems: set[tuple[FieldName, str]] = set()
        for line in labelled:
            if field := field_of(line.label):
                self._add(line, field)

    def _add(self, line: _Labelled, field: FieldName) -> None:
        self.of_line[line.at] = field
        self.count[field] += 1
        self._stems.add((field, line.label.casefold()[:_STEM]))

    def take(self, label: str, field: FieldName, uses: Sequence[_Labelled]) -> None:
        """A label is a field from now on."""
        self.of_label[label] = field
        for use in uses:
            self._add(use, field)

    def is_like(self, label: str, field: FieldName) -> bool:
        """Whether another label of the field begins with the same letters."""
        return (field, label.casefold()[:_STEM]) in self._stems

    def near(self, at: int, *fields: FieldName) -> bool:
        """Whether a line of one of these fields stands within a few lines, no blank between."""
        for step in (-1, 1):
            for place in range(at + step, at + step * (_NEAR + 1), step):
                if not 0 <= place < len(self.lines) or not (self.lines[place] or "").strip():
                    break
                if self.of_line.get(place) in fields:
                    return True
        return False

    def above(self, at: int, label: str) -> Sequence[str]:
        """The lines above one that are of the same paper: up to a heading, a rule or its label."""
        lines_above: list[str] = []
        for place in range(at - 1, max(at - _LINES_ABOVE, 0) - 1, -1):
            line = self.lines[place] or ""
            same = _labelled(line, place)
            if same and same.label.casefold() == label:
                break
            lines_above.append(line)
            if _OPENS.match(line):
                break
        return lines_above


def _is_link(fields: _Fields, uses: Sequence[_Labelled]) -> bool:
    """Whether values are links or ids alone, each the first that its paper has."""
    lone = sum(is_lone_link(use.value) for use in uses)
    if lone * 2 < len(uses) or not all(_is_place(use.value) for use in uses):
        return False
    if len({use.value for use in uses}) < len(uses):
        return False
    label = uses[0].label.casefold()
    if any(markdown.is_paper_link(line) for use in uses for line in fields.above(use.at, label)):
        return False
    beside = sum(fields.near(use.at, "title", "authors") for use in uses)
    headed = sum(_is_below_title(fields, use.at) for use in uses)
    return beside == len(uses) or headed == len(uses) or (len(uses) > 1 and beside + headed > 0)


def _is_place(value: str) -> bool:
    """Whether a value says where a paper is: a link or an id, beside it a few words of a venue."""
    words = markdown.said_beside_ids(value).split()
    named = not any(word[:1].islower() and len(word) > _SHORT for word in words)
    return markdown.is_paper_link(value) and len(words) <= _WORDS_OF_VENUE and named


def _is_below_title(fields: _Fields, at: int) -> bool:
    """Whether the lines right above are names, facts with labels, and a title."""
    for place in range(at - 1, max(at - _NEAR - 2, -1), -1):
        line = fields.lines[place] or ""
        text = markdown.unmarked(line.strip(" #>-")).strip(_QUOTES + " ")
        if not text or _labelled(line, place):
            continue
        if is_authors(text):
            continue
        return looks_like_title(text, words=3)
    return False


def _is_authors(fields: _Fields, uses: Sequence[_Labelled]) -> bool:
    """Whether values are names, beside a link or a title."""
    if not all(is_authors(use.value) for use in uses):
        return False
    listed = sum(bool(_LIST.search(use.value)) for use in uses)
    # One author has the singular of the label that several have.
    alike = not listed and fields.is_like(uses[0].label, "authors")
    placed = sum(
        fields.near(use.at, "title", "link", "arxiv", "doi", "paper")
        or _is_near_link(fields.lines, use.at)
        for use in uses
    )
    return (listed * 2 >= len(uses) or alike) and placed == len(uses)


def _is_near_link(lines: Sequence[str | None], at: int) -> bool:
    """Whether one of the lines below, with none blank between, is the link of a paper."""
    for place in range(at + 1, min(at + _NEAR + 1, len(lines))):
        line = (lines[place] or "").strip()
        if not line:
            return False
        labelled = _labelled(line, place)
        if is_lone_link(labelled.value if labelled else line):
            return True
    return False


def _is_title(fields: _Fields, uses: Sequence[_Labelled]) -> bool:
    """Whether values are titles beside authors or a link, and no two are alike."""
    if fields.count["title"] or len({use.value for use in uses}) < len(uses):
        return False
    # `Conformer: ` is the first word of one title, a label stands before most of them.
    signed = fields.count["authors"]
    quoted = all(use.value[0] in _QUOTES for use in uses)
    if len(uses) * 2 < signed or (len(uses) == 1 and not quoted):
        return False
    return all(
        may_be_title(use.value.strip(_QUOTES + "”»》」』"))
        and (use.value[0] in _QUOTES or looks_like_title(use.value, words=2))
        and not is_authors(use.value)
        and dated(use.value[:40]) is None
        and fields.near(use.at, "authors", "link", "arxiv", "doi")
        for use in uses
    )


def _is_tags(fields: _Fields, uses: Sequence[_Labelled]) -> bool:
    """Whether values are words with `#`, or short lists of words, beside the other fields."""
    if fields.count["tags"] or not all(
        fields.near(use.at, "title", "authors", "link", "arxiv") for use in uses
    ):
        return False
    if all(tags_of_line(_LIST.sub(" ", use.value)) for use in uses):
        return True
    words = [word for use in uses for word in _LIST.split(use.value)]
    short = all(
        0 < len(word) <= _TAG_CHARACTERS
        and len(word.split()) <= _WORDS_OF_TAG
        and not any(map(str.isdigit, word))
        for word in words
    )
    listed = sum(bool(_LIST.search(use.value)) for use in uses)
    return short and len(uses) > 1 and listed * 3 >= len(uses) * 2 and "." not in "".join(words)


_TESTS: Mapping[FieldName, Callable[[_Fields, Sequence[_Labelled]], bool]] = {
    "link": _is_link, "authors": _is_authors, "title": _is_title, "tags": _is_tags,
}  # fmt: skip
