"""What the bibliography formats share: from the strings of a record to an entry, or to a skip."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from pipeline.digests.dates import heading_date
from pipeline.digests.markdown import links_apart
from pipeline.digests.prose import links, mentions, tags_in, tags_of_line
from pipeline.digests.skips import long_line
from pipeline.digests.titles import without_meeting
from pipeline.model.ids import normal_arxiv_id, printed_ids
from pipeline.model.records import Entry, Skip, Text
from pipeline.model.unicode_forms import nfc

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HTML_BREAK = re.compile(
    r"<br\b[^<>]{0,300}>|</(?:p|div|li|h[1-6]|blockquote|tr)\s*>", re.IGNORECASE
)
_HTML_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|div|em|h[1-6]|i|li|ol|p|pre|s|span|strong|su[bp]|sc|t[abdhr]\w*"
    r"|u|ul)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_CUT_LIST = re.compile(r"(?:and\s+)?(?:others|et\.?\s*al\.?|\.\.\.|…)", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\s*[-./]\s*(?P<month>\d{1,2})\s*[-./]\s*(?P<day>\d{1,2})(?!\d)"
)
_STAMP = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6}(?:\d{3})?)?")
"""`20240905`, and `20240905100203000` as TiddlyWiki writes a time."""
_SECONDS = re.compile(r"1\d{9}(?:\d{3}){0,2}")
"""Since 1970, as programs count: from 2001 on, some in thousandths or millionths."""
_PART_OF_DATE = re.compile(r"\D*|\d{4}(?:\s*[-./]\s*\d{0,2}\s*)?[-./\s]*")
_AROUND_DATE = re.compile(
    r"^[A-Za-z]{3,9},\s*|(?:[,T]\s*+|(?<!\s)\s++)?\d{1,2}:\d{2}.*$", re.DOTALL
)
_LIBRARY_HEADING = re.compile(r"[A-Z][a-z][^,]*, [A-Z][a-z][^,]*")
# Zotero keeps the fields that a type of item lacks as lines of its notes.
_EXTRA = re.compile(
    r"(?:arxiv\s*:\s*\S+(?:\s*\[[\w.,\s-]{1,40}\])?"
    r"|(?:tex\.[\w.-]{1,40}|citation key|bibtex\w*|doi|pmid|pmcid|isbn|issn|oclc|ads bibcode"
    r"|_eprint|eprint\w*|original-date|page version id)\s*[:=]\s*\S.*"
    r"|(?:publisher|number)\s*:\s*arxiv.*|\{:[\w-]{1,40}:.*\})",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(r"(?:https?://|www\.)\S+|\S+\.pdf|\d{4}\.\d{4,5}(?:v\d+)?")
_TITLE_ID = re.compile(
    r"^\[[\w./-]{9,20}\]\s*|(?:(?<!\s)\s++)?[-|–·]\s*arXiv(?:\.org)?\s*$|^arXiv:\S+\s*[-:]?\s*"
)
_EXTRA_ID = re.compile(r"arxiv\s*:\s*(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """What a bibliography prints of one paper. Lines count from 1, both ends included.

    `ids` are the texts that an arXiv id may stand in, the surest first. `urls` may hold DOIs as
    links. `added` is when the reader added or read it, as printed. `published`, `venue`, `doi`,
    `names` and `citation` are those of `Entry`.
    """

    line_start: int
    line_end: int
    title: str | None = None
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    notes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    added: str | None = None
    published: str | None = None
    venue: str | None = None
    doi: str | None = None
    names: tuple[str, ...] = ()
    citation: tuple[tuple[str, str], ...] = ()


def refusal(text: Text, line: int, reason: str) -> Skip:
    """The skip of the record that begins at `line`."""
    return Skip("digests", f"{text.file}:{line}", reason)


def entries(text: Text, records: Iterable[Record | Skip]) -> Iterator[Entry | Skip]:
    """The entries and skips of what was found in a text, and a skip for each line too long.

    In the order of their lines.
    """
    records_by_line: list[tuple[int, Entry | Skip]] = []
    for number, line in enumerate(text.lines, 1):
        if line is None:
            records_by_line.append((number, long_line(text.file, number)))
    for record in records:
        outcomes = [record] if isinstance(record, Skip) else _entry(text, record)
        records_by_line.extend((_line(outcome), outcome) for outcome in outcomes)
    yield from (record for _, record in sorted(records_by_line, key=lambda numbered: numbered[0]))


def tiled(records: Iterable[Record | Skip], last_line: int) -> Iterator[Record | Skip]:
    """The records, each reaching up to the line before the next, the first from line 1 on.

    For texts whose records stand among lines that belong to none, as brackets and closing tags.
    """
    previous: Record | None = None
    first = 1
    for record in records:
        if isinstance(record, Skip):
            yield record
            continue
        if previous:
            start = min(first, previous.line_start)
            end = max(start, record.line_start - 1)
            yield replace(previous, line_start=start, line_end=end)
            first = end + 1 if record.line_start > end else record.line_start
        previous = record
    if previous:
        start = min(first, previous.line_start)
        yield replace(previous, line_start=start, line_end=max(start, last_line))


def _line(record: Entry | Skip) -> int:
    return record.line_start if isinstance(record, Entry) else int(record.key.rpartition(":")[2])


def _entry(text: Text, record: Record) -> Iterator[Entry | Skip]:
    lines = [line for note in record.notes for line in clean_lines(without_html(note))]
    extras = [line for line in lines if _EXTRA.fullmatch(line)]
    prose = [line for line in lines if not _EXTRA.fullmatch(line)]
    commentary = "\n".join(line for line in prose if tags_of_line(line) is None) or None
    keywords = [tag for word in record.keywords if (tag := one_line(word).lstrip("#").strip())]
    tags = [*keywords, *(tag for line in prose for tag in tags_in(line))]
    names = [one_line(name) for name in record.authors if one_line(name)]
    full_names = [name for name in names if not _CUT_LIST.fullmatch(name)]
    arxiv_id = _first_id([*record.ids, *(m[1] for line in extras if (m := _EXTRA_ID.match(line)))])
    entry = Entry(
        file=text.file,
        line_start=record.line_start,
        line_end=record.line_end,
        date=None,
        title=_title(record.title or ""),
        authors=tuple(full_names) or None,
        authors_complete=bool(full_names) and len(full_names) == len(names),
        abstract="\n".join(clean_lines(without_html(record.abstract or ""))) or None,
        commentary=commentary,
        tags=tuple(dict.fromkeys(tags)),
        arxiv_id=arxiv_id,
        links=tuple(dict.fromkeys((*_apart(record.urls), *links(commentary or "")))),
        mentions=tuple(m for m in mentions(commentary or "") if m.arxiv_id != arxiv_id or m.note),
        published=record.published,
        venue=one_line(without_html(record.venue or "")) or None,
        doi=record.doi,
        names=tuple(name for name in map(one_line, record.names) if name),
        citation=tuple((name, said) for name, v in record.citation if (said := one_line(v))),
    )
    if not (entry.title or arxiv_id or entry.links or commentary or entry.abstract):
        reason = "the record has no title, id, link or text. Give it one of these or take it out."
        yield refusal(text, record.line_start, reason)
    else:
        yield from _dated(text, entry, record.added)


def _title(text: str) -> str | None:
    """A title without id, site and meeting as a page's name has them; none where it is a link."""
    title = without_meeting(_TITLE_ID.sub("", one_line(without_html(text))).strip())
    return None if _NO_TITLE.fullmatch(title) else title or None


def _dated(text: Text, entry: Entry, added: str | None) -> Iterator[Entry | Skip]:
    day = None
    try:
        day = stated_date(added or "")
    except ValueError:
        shown = one_line(added or "")[:60]
        yield refusal(
            text,
            entry.line_start,
            f"no such date: {shown}. Write it as 2024-09-05; the entry is kept without a date.",
        )
    yield replace(entry, date=day)


def stated_date(printed: str) -> date | None:
    """The day that a field states, with or without a time; None for a year, a month or no date.

    Seconds since 1970 are a day too.

    Raises ValueError for a day that is none, and for numbers in no known order (`9/5/24`).

    >>> printed = "2024-09-05T10:22:31Z", "20240905", "Thu, 5 Sep 2024 10:22", "2024년 9월 5일"
    >>> {stated_date(text) for text in printed} == {date(2024, 9, 5)}
    True
    >>> [stated_date(text) for text in ("", "2024", "2024/09//", "yes")]
    [None, None, None, None]
    """
    text = printed.strip()
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).date()
    if stamp := _STAMP.fullmatch(text):
        return date(*map(int, stamp.groups()))
    match = _YEAR_FIRST.match(text)
    if match:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    if _PART_OF_DATE.fullmatch(text):
        return None
    day = heading_date(_AROUND_DATE.sub("", text[:100]))
    if day is None:
        raise ValueError(text)
    return day


def _first_id(texts: Sequence[str]) -> str | None:
    return next((arxiv_id for text in texts if (arxiv_id := arxiv_id_in(text))), None)


def _apart(urls: Iterable[str]) -> Iterator[str]:
    """Links on one line each; a field that holds several with a mark between gives each."""
    for url in map(one_line, urls):
        apart = links_apart(url)
        yield from (url,) if apart == url else (word.rstrip(";,|；，、") for word in apart.split())


def arxiv_id_in(field: str) -> str | None:
    """The arXiv id that a field is, or that a link or an `arXiv:...` within it names; else None."""
    field = links_apart(field)
    whole_id = normal_arxiv_id(field)
    # A bare number within a longer text may be any number; only a field that is it counts.
    marked_ids = (f.arxiv_id for f in printed_ids(field[:2_000]) if not field[f.start].isdigit())
    return whole_id or next(marked_ids, None)


def lines_of_ids(notes: Iterable[str]) -> Iterator[str]:
    """The lines of notes that begin with the paper's id or link, as `Cf. arXiv:...` does not."""
    lines = (line.strip() for note in notes for line in without_html(note).splitlines())
    return (line for line in lines if line.casefold().startswith(("arxiv", "https://", "http://")))


def doi_link(doi: str) -> str | None:
    """The link of a DOI in any form (`10.1000/x`, `doi:10.1000/x`, a link); None for no DOI."""
    match = re.fullmatch(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?\s*(10\.\d{4,9}/\S+)", doi.strip())
    return f"https://doi.org/{match[1]}" if match else None


def listed(keywords: str) -> tuple[str, ...]:
    """The keywords of one field: apart by semicolons, lines and commas.

    Beside semicolons a heading of a library keeps its comma, the noun first with capitals.

    >>> listed("nlp, ocr; deep learning"), listed("Soups, Cold; Humans")
    (('nlp', 'ocr', 'deep learning'), ('Soups, Cold', 'Humans'))
    """
    parts = re.split(r"[;\n]" if ";" in keywords else r"[,\n]", keywords)
    whole = [
        [part] if _LIBRARY_HEADING.fullmatch(part.strip()) else part.split(",") for part in parts
    ]
    return tuple(word.strip() for words in whole for word in words if word.strip())


def without_html(text: str) -> str:
    """A text without the tags that reference managers write; a `<` of the text itself stays."""
    if not _HTML_TAG.search(text):
        return text
    return html.unescape(_HTML_TAG.sub("", _HTML_BREAK.sub("\n", text)))


def one_line(text: str) -> str:
    """A text on one line with single spaces, without what cannot be printed."""
    return " ".join(_printable(text).split())


def clean_lines(text: str) -> list[str]:
    """The lines of a text that are not blank, each as one line."""
    return [line for part in text.splitlines() if (line := one_line(part))]


def _printable(text: str) -> str:
    return nfc(_UNPRINTABLE.sub("", text))
