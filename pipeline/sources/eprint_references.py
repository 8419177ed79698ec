"""From the items of a bibliography, as a source writes them, to references."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry
from bibtexparser.splitter import Splitter

from pipeline.model.records import Reference
from pipeline.sources.eprint_authors import first_author_of, first_person
from pipeline.sources.eprint_ids import PrintedWork, printed_works
from pipeline.sources.eprint_titles import title_of
from pipeline.sources.eprint_wording import braced, plain, year_of

EVIDENCE = "printed in the paper's source"
IN_BIB = "in a .bib file of the paper's source"
MENDED = f"{EVIDENCE}, a typing error mended"

# A record that cannot be parsed is a reference less, and need not be told on the screen.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_DELIMITER = re.compile(r"\\.|[{}\[\]]", re.DOTALL)
_FIELD = re.compile(r"\\(?:field|strng)\s?\{([a-z]{1,30})\}\s?\{")
_VERB = re.compile(r"\\verb\s?\{([a-z]{1,30})\}\s*\\verb ([^\n]{1,1000})")
_FAMILY = re.compile(r"family=(?=\{)")
_GIVEN = re.compile(r"given=(?=\{)")
_PREFIX = re.compile(r"prefix=(?=\{)")
_PENALTY = re.compile(r"\\penalty\s?-?\d{1,5}\s?")
_OLD_NAME = re.compile(r"\{\{(?:hash=\w*)?\}\{([^{}]{1,80})\}\{[^{}]*\}\{([^{}]{0,80})\}")
_PRINTING = ("journal", "journaltitle", "volume", "url", "note", "number", "howpublished", "pages")
_FIELDS = ("title", "first_author", "year", "arxiv_id", "doi")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


def references_of(
    kind: str, items: Iterable[str], records: Iterable[str | None] = ()
) -> Iterator[Reference]:
    """The works that items name, in order; an item that names none by title or id is left out.

    An item that names several works gives one reference for each, the first with its title, to
    which a record of a `.bib` file adds what the item does not print.
    """
    for item, record in zip_longest(items, records):
        read = READERS[kind](item)
        named = (_completed(next(read), record), *read) if record else read
        for reference in named:
            if reference.title or reference.arxiv_id or reference.doi:
                yield reference


def _completed(printed: Reference, record: str) -> Reference:
    """A reference with what a record of a `.bib` file says beside it; what is printed stands."""
    recorded = next(_of_bibtex(record), None)
    if recorded is None:
        return printed
    added = {
        field: getattr(recorded, field) for field in _FIELDS if getattr(printed, field) is None
    }
    ids = added.get("arxiv_id") or added.get("doi")
    return replace(printed, **added, evidence=printed.evidence or (IN_BIB if ids else None))


def _of_bibitem(item: str) -> Iterator[Reference]:
    label, body = _label_and_body(item)
    works = printed_works(body) or [PrintedWork(None, None, mended=False)]
    first_work, *others = works
    yield _reference((title_of(body), first_author_of(body), year_of(label, body)), first_work)
    for other in others:
        yield _reference((None, None, None), other)


def _label_and_body(item: str) -> tuple[str, str]:
    """The label in brackets, which may nest, and what follows it and the key."""
    item = item.lstrip()
    label, rest = "", item
    if item.startswith("["):
        end = _closing(item)
        label, rest = item[1:end], item[end + 1 :].lstrip()
    if rest.startswith("{"):
        rest = rest[_closing(rest) + 1 :]
    return label, _PENALTY.sub("", rest.strip())


def _closing(text: str) -> int:
    """Where the bracket or brace that `text` begins with is closed; its length if nowhere."""
    wanted = {"[": "]", "{": "}"}[text[0]]
    depth = 0
    for match in _DELIMITER.finditer(text, 1):
        if match[0] == wanted and depth == 0:
            return match.start()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    return len(text)


def _of_biblatex(item: str) -> Iterator[Reference]:
    fields = {key: value.strip() for key, value in _VERB.findall(item)}
    for match in _FIELD.finditer(item):
        fields.setdefault(match[1], braced(item, match.end() - 1) or "")
    yield _of_fields(fields, _biblatex_author(item))


def _biblatex_author(item: str) -> str | None:
    family, old = _FAMILY.search(item), _OLD_NAME.search(item)
    if family:
        following = _FAMILY.search(item, family.end())
        of_person = item[family.start() : following.start() if following else len(item)]
        parts = (named.search(of_person) for named in (_GIVEN, _PREFIX, _FAMILY))
        written = (braced(of_person, part.end()) or "" for part in parts if part)
        return " ".join(filter(None, map(plain, written))) or None
    return f"{plain(old[2])} {plain(old[1])}".strip() if old else None


def _of_bibtex(item: str) -> Iterator[Reference]:
    for block in Splitter(item).split().blocks:
        entry = _entry(block)
        if entry:
            fields: dict[str, str] = {}
            for field in entry.fields:
                value = re.sub(r"[\"{}]\s{0,9}#\s{0,9}[\"{}]", "", str(field.value))
                fields.setdefault(field.key.lower(), _unwrapped(value))
            people = re.split(r"\s+and\s+", fields.get("author", ""), maxsplit=1)[0]
            yield _of_fields(fields, _person(people))
            return


def _entry(block: Block) -> Entry | None:
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        if block.ignore_error_block is None:
            return None
        block = block.ignore_error_block
    return block if isinstance(block, Entry) else None


def _unwrapped(value: str) -> str:
    value = value.strip()
    return value[1:-1] if value[:1] + value[-1:] in ("{}", '""') else value


def _person(name: str) -> str | None:
    if name.strip().startswith("{"):
        return plain(name) or None
    family, comma, given = plain(name).partition(",")
    if comma and given.strip():
        return f"{given.rpartition(',')[2].strip()} {family.strip()}"
    return first_person(family) if family else None


def _of_fields(fields: Mapping[str, str], author: str | None) -> Reference:
    title = plain(fields.get("title", "")).strip(" .") or None
    years = _YEAR.search(fields.get("year", "") or fields.get("date", ""))
    works = [work for text in _id_texts(fields) for work in printed_works(text)[:1]]
    arxiv_id = next((work for work in works if work.arxiv_id), None)
    doi = next((work.doi for work in works if work.doi), None)
    mended = bool(arxiv_id and arxiv_id.mended)
    merged = PrintedWork(arxiv_id.arxiv_id if arxiv_id else None, doi, mended)
    return _reference((title, author, int(years[0]) if years else None), merged)


def _id_texts(fields: Mapping[str, str]) -> Iterator[str]:
    """The texts of a record that may print its own id, the surest first."""
    archive = fields.get("archiveprefix", "") + fields.get("eprinttype", "")
    eprint = fields.get("eprint") or fields.get("arxivid") or fields.get("arxiv")
    if eprint and (not archive or "arxiv" in archive.lower()):
        primary = fields.get("primaryclass", "").partition(".")[0]
        bare_old = re.fullmatch(r"\d{7}(?:v\d+)?", eprint.strip()) and primary
        yield f"arXiv:{primary}/{eprint.strip()}" if bare_old else f"arXiv:{eprint.strip()}"
    if fields.get("doi"):
        yield fields["doi"]
    for key in _PRINTING:
        if fields.get(key):
            yield fields[key]


def _reference(
    description: tuple[str | None, str | None, int | None], work: PrintedWork
) -> Reference:
    title, first_author, year = description
    id_evidence = MENDED if work.mended else EVIDENCE
    evidence = id_evidence if work.arxiv_id or work.doi else None
    return Reference(title, first_author, year, work.arxiv_id, work.doi, evidence)


READERS: Mapping[str, Callable[[str], Iterator[Reference]]] = {
    "bibitem": _of_bibitem,
    "biblatex": _of_biblatex,
    "bibtex": _of_bibtex,
}
"""How the items of each kind of bibliography are read."""
