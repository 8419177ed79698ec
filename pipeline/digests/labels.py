"""Lines that state a field (`Title: …`, `- **링크:** …`, `Authors:: …`) or are a link alone."""

from __future__ import annotations

import re

from pipeline.digests.author_line import are_people
from pipeline.digests.fields import field_of
from pipeline.digests.front_matter import Field
from pipeline.digests.markdown import is_label, is_labels, without_ids
from pipeline.digests.reading_days import without_day_before
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.seen_lines import of_seen_lines
from pipeline.model.web_addresses import WIDE_MARKS

_LABEL = re.compile(
    r"[\s*_`~>【「《-]{0,8}(?P<label>[^:：\[\]()|<>=]{1,40})[\s*_`~】」》]{0,6}(?:::|[:：])"
)
_BARRED = re.compile(
    r"(?P<label>[^\W\d_][^\W\d_ ]{1,20}(?: [^\W\d_]{1,20})?)"
    r"(?:\s?\.{2,}\s?|\s\|\s)(?P<value>[^|\s][^|]*)$"
    r"|【(?P<framed>[^【】]{1,20})】\s?(?P<said>\S.*)$"
)
_LINKED_LABEL = re.compile(
    r"[^\w\s\[]{0,4}\s?\[(?P<label>[^\[\]]{1,40})\]\((?P<url>[^()\s]{1,2000})\)"
)
_SEPARATOR = re.compile(r"(?<!\s)\s++[|·•]\s+|(?:(?<!\s)\s++)?[；;]\s+(?=\*\*)")
_FOOTER = re.compile(r"#+\s*links\s*|(?:[-*]\s+)?(?:\[\[[^\]]+\]\][\s,]*)+", re.IGNORECASE)
_ENDED = re.compile(r"[\w)][.!?]$|[。！？]$")
FEWEST_WORDS_OF_SENTENCE = 3
"""A sentence has so many words, beside its link."""
_LINK_LINE = re.compile(
    rf"<?(?P<link>https?://[^\s<>\[\]{WIDE_MARKS}]+)>?[{WIDE_MARKS}]?"
    r"|\[(?P<label>[^\]]*)\]\((?P<target>https?://[^\s)]+)\)"
)


def fields_of_line(body: str) -> tuple[Field, ...]:
    """The fields that a line states, one or several between bars; none for any other line.

    >>> [(f.name, f.value) for f in fields_of_line("**Authors**: Ann Lee | **Year:** 2024")]
    [('authors', 'Ann Lee'), ('year', '2024')]
    """
    if body.startswith("|"):
        cells = [cell.strip() for cell in body.strip("| \t").split("|")]
        body = f"{cells[0].strip(' *_')}: {cells[1]}" if len(cells) == 2 else body
    first = _field(body)
    if not first:
        return ()
    parts = _SEPARATOR.split(body) if "|" in body or "·" in body or ";" in body else []
    fields = [_field(part) for part in parts]
    stated = [field for field in fields if field]
    return tuple(stated) if len(stated) == len(fields) > 1 else (first,)


def states_names(body: str) -> bool:
    """Whether a line says who wrote a paper: brackets behind it say where these people are."""
    return any(field.name == "authors" for field in fields_of_line(body))


@of_seen_lines(2_048)
def link_of_line(line: str) -> str | None:
    """The link or arXiv id that a line is, with nothing beside it; None for any other line."""
    text = line.strip().lstrip("|").strip()
    match = _LINK_LINE.fullmatch(text) if "://" in text else None
    if match and (match["link"] or is_label(match["label"])):
        return match["link"] or match["target"]
    return text if len(text) < 200 and normal_arxiv_id(text) else None


def is_link_line(body: str) -> bool:
    """Whether a line is links or ids and what they are called, and nothing else."""
    body = body[:4000]
    if link_of_line(body) is not None and not body.startswith("["):
        return True
    linked = "://" in body or "arxiv" in body.lower()
    return linked and is_labels(body) and not _is_sentence(body)


def _is_sentence(body: str) -> bool:
    """Whether a line is a sentence, be it of words that links are called by: `See ... for code.`"""
    return (
        _ENDED.search(body) is not None
        and len(without_ids(body).split()) >= FEWEST_WORDS_OF_SENTENCE
    )


def is_footer_line(line: str) -> bool:
    """Whether a line only leads to other notes: `# Links`, or `[[wikilinks]]` alone."""
    return ("#" in line or "[[" in line) and _FOOTER.fullmatch(line.strip()) is not None


def _field(text: str) -> Field | None:
    if ":" not in text[:60] and "：" not in text[:60]:
        return _field_before_bar(text)
    match = _LABEL.match(text)
    name = field_of(match["label"]) if match else None
    said_otherwise = name == "people" and match and not are_people(text[match.end() :])
    if not match or not name or said_otherwise or without_day_before(text) != text:
        return _field_before_bar(text)
    return Field(name, match["label"], text[match.end() :].strip(" \t*_"), 0)


def _field_before_bar(text: str) -> Field | None:
    """The field of a line that parts it from its value with a bar or dots: `TITLE ... Slow`."""
    match = _BARRED.match(text)
    label, value = (
        (match["label"] or match["framed"], match["value"] or match["said"]) if match else ("", "")
    )
    name = field_of(label)
    if not name or (is_label(value) and "://" not in value):
        return None
    return Field(name, label, value.strip(), 0)
