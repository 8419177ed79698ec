"""The frozen records that pass between the stages. Types only; nothing here behaves.

`None` is "not known". An empty tuple is "known to be none".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Literal, Protocol, TypeVar

T = TypeVar("T")

Verdict = Literal["matched", "not_on_arxiv", "undecided"]
"""`matched` names an id; `not_on_arxiv` was looked for in full; `undecided` is the reader's."""

DatePrecision = Literal["day", "month", "year"]
"""How exactly a date is known. What is not known stands as 1: a month as its first day."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A record left out: by which stage, which record (`file:line` or an id), and why."""

    stage: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input file: its name as given, and its bytes in pieces, anew at each call."""

    file: str
    chunks: Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Text:
    """The decoded lines of a file, None for one too long to read; `numbers` are theirs in it."""

    file: str
    lines: Sequence[str | None]
    numbers: Sequence[int] | None = None

    @cached_property
    def head(self) -> Sequence[str]:
        """The first 300 lines that are not blank, each cut: what formats know a text by."""
        lines = (line for line in islice(self.lines, 600) if line and not line.isspace())
        return tuple(line[:20_000] for line in islice(lines, 300))


@dataclass(frozen=True, slots=True)
class Format:
    """A digest format: how sure its look at the text is (0 to 1), and how it reads it."""

    name: str
    likeness: Callable[[Text], float]
    read: Callable[[Text], Iterator[Entry | Skip]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper that a commentary points at, with the sentence around it."""

    arxiv_id: str | None
    note: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper as the reader wrote it down. Lines count from 1, both ends included.

    `arxiv_id` is the one that the entry itself prints. `authors` is None where no list is
    printed; `authors_complete` is False where the list says that it was cut. `date` is the
    reader's, as exact as `date_precision`. `names` are what else the reader calls the paper: a
    nickname, a short title. `published` is when the paper appeared, as far as the entry states it:
    `2024`, `2024-09` or `2024-09-05`; `venue` is where, and `doi` that of the published version,
    without `https://doi.org/`; `citation`: fields of the reader's BibTeX, `key` and `kind` first.
    """

    file: str
    line_start: int
    line_end: int
    date: date | None
    title: str | None
    authors: tuple[str, ...] | None
    authors_complete: bool
    abstract: str | None
    commentary: str | None
    tags: tuple[str, ...]
    arxiv_id: str | None
    links: tuple[str, ...]
    mentions: tuple[Mention, ...]
    date_precision: DatePrecision = "day"
    names: tuple[str, ...] = ()
    published: str | None = None
    venue: str | None = None
    doi: str | None = None
    citation: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedIn:
    """An arXiv id that a file prints, the first line that does, and where it went.

    `place` is `own` (an entry is about it), `mention` (an entry points at it) or `nowhere`; of the
    last, `why` explains it, None where nothing does.
    """

    arxiv_id: str
    line: int
    place: str
    why: str | None


@dataclass(frozen=True, slots=True)
class IdAccount:
    """Where the arXiv ids went that one file prints, each once, in the order of their lines."""

    file: str
    printed: tuple[PrintedIn, ...] = ()


@dataclass(frozen=True, slots=True)
class IdLedger:
    """The accounts of all inputs: how many ids went where, and those that went nowhere."""

    own: int = 0
    mentions: int = 0
    nowhere: tuple[IdAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """The reader's own word on an entry, named by title or by file and line: `arxiv_id`, or None.

    None is "not on arXiv", but where there are `rejected` ids, which the entry is not: it is still
    looked for. `place` is where the override is written. Not `is_paper`: it is about none at all.
    """

    title: str | None
    file: str | None
    line: int | None
    arxiv_id: str | None
    place: str
    rejected: tuple[str, ...] = ()
    is_paper: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that an entry could be, with every score. A score that cannot be taken is None.

    `known_as` is the title, current or former, that came nearest to the entry's.
    """

    arxiv_id: str
    title: str
    known_as: str
    source: str
    scores: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Match:
    """What an entry was decided to be, by which rule, how surely (0 to 1), and on what evidence.

    `confidence` is how often such a verdict is right; of an undecided entry, how often its first
    candidate is. `candidates` are the papers considered, the best first. `checked` is the day up
    to which all of arXiv was looked through, None where a part was. `override` is the one used.
    """

    entry: Entry
    arxiv_id: str | None
    verdict: Verdict
    confidence: float
    decided_by: str
    reason: str
    candidates: tuple[Candidate, ...]
    checked: date | None = None
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A work in a paper's reference list. `evidence` says how its arXiv id is known."""

    title: str | None
    first_author: str | None
    year: int | None
    arxiv_id: str | None
    doi: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Authorship:
    """One name of an author list, and `ids` of that person: `orcid:...`, `s2:...`."""

    name: str
    ids: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What one source says about one paper. `categories` has the primary one first.

    What is `former_` was in earlier versions. `references` is None where the source has no list,
    `citations` are papers that cite this one, as far as listed, of `citation_count`. A
    `title_damaged` title lost its last letters or doubled the last one.
    """

    source: str
    arxiv_id: str
    title: str | None = None
    former_titles: tuple[str, ...] = ()
    authors: tuple[str, ...] | None = None
    former_authors: tuple[str, ...] | None = None
    abstract: str | None = None
    categories: tuple[str, ...] | None = None
    published: date | None = None
    updated: date | None = None
    venue: str | None = None
    doi: str | None = None
    references: tuple[Reference, ...] | None = None
    references_complete: bool = False
    citations: tuple[Reference, ...] | None = None
    citation_count: int | None = None
    authorships: tuple[Authorship, ...] | None = None
    comment: str | None = None
    topics: tuple[str, ...] | None = None
    repository: str | None = None
    upvotes: int | None = None
    title_damaged: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The works that one source says a paper cites; `complete` is whether that is all of them."""

    source: str
    references: tuple[Reference, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source said about one field, kept where another source was preferred."""

    field: str
    source: str
    value: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A work, merged from its entries and from what every source says of it.

    `decided` names the source of each known field, `disagreements` what others gave; `entries`
    are the reader's own, by date. `cited_by` (counts), `citations` (works that cite this one) and
    `authorships` (who the authors are) come with the source that says so.
    """

    id: str
    arxiv_id: str | None
    title: str | None
    authors: tuple[str, ...] | None
    authors_complete: bool
    abstract: str | None
    categories: tuple[str, ...] | None
    published: date | None
    updated: date | None
    year: int | None
    venue: str | None
    doi: str | None
    comment: str | None
    topics: tuple[str, ...] | None
    repository: str | None
    upvotes: int | None
    cited_by: tuple[tuple[str, int], ...]
    reference_lists: tuple[ReferenceList, ...]
    citations: tuple[tuple[str, Reference], ...]
    authorships: tuple[tuple[str, tuple[Authorship, ...]], ...]
    entries: tuple[Entry, ...]
    decided: Mapping[str, str]
    disagreements: tuple[Claim, ...]


class Progress(Protocol):
    """Passes items through, showing how far a stage is."""

    def __call__(self, items: Iterable[T], stage: str, /) -> Iterable[T]:
        """The same items in the same order."""
        ...
