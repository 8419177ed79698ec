"""`digest-graph disambiguate`: who signs which paper, of lists of authors as JSON lines."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pipeline.build.long_work import silent
from pipeline.build.telling_apart import know_names_by_two, told_by_two
from pipeline.cli.answers import plain_lines, room
from pipeline.identity.blocks import Rounds
from pipeline.identity.people import SignedPapers, id_of_organisation, id_of_person, signers_of
from pipeline.identity.printed_names import separated
from pipeline.identity.rarity import Rarity
from pipeline.model.counting import counted
from pipeline.model.cut_lists import CUT, without_others
from pipeline.model.errors import UsageError
from pipeline.model.printing import json_line, printable
from pipeline.model.records import Paper, Progress, Skip
from pipeline.store.standard_input import STANDARD_INPUT, standard_input

FEWEST_COMMAS = 3
"""One name has two: `King, Martin, Jr.`"""
_WORD = r"(?!And )(?:[A-Z]\.(?:-?[A-Z]\.)*+|[A-Z][a-z]{2,}+(?:-[A-Z][a-z]{2,}+)*+)"
_ONE_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,3}}")
"""Most names: words with a capital, and initials; `and`, `et al.` and the like are neither."""


_NO_PAPER = "the key `paper` is missing"
_NAME_IT = "Give each line a `paper`, any text that no other line has, such as its id."


class Signed(NamedTuple):
    """A name in a list of authors, by the place in it (from 1), and whose it is.

    `confidence`, from 0 to 1, is how likely all signatures of that person are one person's;
    `ambiguous` says that there is a `doubt`: thin evidence, namesakes kept apart without proof, or
    initials that may be somebody else's.
    """

    paper: str
    position: int
    name: str
    person: str
    confidence: float
    ambiguous: bool
    doubt: str | None


def people_of_file(
    path: Path, progress: Progress | None = None, wider: Rarity | None = None
) -> Iterator[Signed | Skip]:
    """Every signature in a file with the person behind it, in the file's order.

    The file, `-` for standard input, holds a JSON object a line, `{paper, title, year, venue,
    categories, authors: [name, ...]}`; what is not of its kind is as if left out, blank lines are
    passed over. `authors` can be one text, and a name of it several with `;` or `and` between; a
    name can be an object, `{name}` or `{family, given}`. A
    line that cannot be read comes as a Skip with `file:line` as its key, before anything else;
    all lines without `paper` as one.
    `wider` counts the names of a larger world, as for `signers_of`.
    Raises UsageError where the file cannot be opened, or `paper` is missing and no line is read.
    """
    papers: dict[str, Paper] = {}
    unnamed: list[str] = []
    for key, line in progress(_lines(path), "reading") if progress else _lines(path):
        read = _paper(key, line, papers)
        if not isinstance(read, Skip):
            papers[read.id] = read
        elif read.reason == _NO_PAPER:
            unnamed.append(key)
        else:
            yield read
    if unnamed and not papers:
        raise UsageError(f"{unnamed[0]}: {_NO_PAPER}, and no line has one. {_NAME_IT}")
    if unnamed:
        where = f" here and on {counted(len(unnamed) - 1, 'line')} more" if unnamed[1:] else ""
        yield Skip("disambiguate", unnamed[0], f"{_NO_PAPER}{where}. {_NAME_IT}")
    know_names_by_two({name for paper in papers.values() for name in paper.authors or ()})
    rounds = Rounds(told_by_two(progress or silent))
    persons = _whose(signers_of(papers.values(), wider, rounds=rounds))
    for paper in papers.values():
        for position, name in enumerate(paper.authors or (), 1):
            person, sure, doubt = persons[paper.id, position]
            yield Signed(paper.id, position, name, person, sure, doubt is not None, doubt)


def _whose(signers: SignedPapers) -> dict[tuple[str, int], tuple[str, float, str | None]]:
    """By paper and position the id of who signs, the confidence and the doubt."""
    lists, whose = signers.lists, {}
    for person in signers.people:
        of_person = id_of_person(person), person.confidence, person.doubt
        for mark in person.cluster.marks:
            whose[lists[mark.paper].id, mark.place + 1] = of_person
    for key, marks in signers.marks_of.items():
        for mark in marks:
            whose[lists[mark.paper].id, mark.place + 1] = id_of_organisation(key), 1.0, None
    return whose


def signed_json_lines(signed: Iterable[Signed]) -> Iterator[str]:
    """A JSON object for each signature, with the fields of `Signed`."""
    for signature in signed:
        yield json_line(signature._asdict())


def signed_table_lines(signed: Iterable[Signed]) -> Iterator[str]:
    """A line for each person, those with most papers first, and a line of counts at the end."""
    of_person: dict[str, list[Signed]] = defaultdict(list)
    for signature in signed:
        of_person[signature.person].append(signature)
    rows = [(f"{'papers':>6}", " sure", "person and spellings")]
    for person in sorted(of_person, key=lambda person: (-len(of_person[person]), person)):
        own_rows = of_person[person]
        names = sorted({signature.name for signature in own_rows})
        spellings = printable(f"{person}  {', '.join(names)}")
        person_text = f"{spellings}{'  (ambiguous)' if own_rows[0].ambiguous else ''}"
        rows.append((f"{len(own_rows):>6,}", f"{own_rows[0].confidence:>5.2f}", person_text))
    yield from plain_lines(rows, columns=room())
    signatures = sum(map(len, of_person.values()))
    people = counted(len(of_person), "person or organisation", "people and organisations")
    yield f"{counted(signatures, 'name')} in lists of authors, {people}."


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        piped = path == STANDARD_INPUT
        with (
            standard_input("Pipe JSON lines in, or name a file.")
            if piped
            else path.open("rb") as file
        ):
            for number, line in enumerate(file, 1):
                if line.strip(b" \t\r\n\xef\xbb\xbf"):
                    yield f"{path}:{number}", line
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{path}: {reason}. Name a file of JSON lines.") from error


def _paper(key: str, line: bytes, papers_by_id: Mapping[str, Paper]) -> Paper | Skip:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Skip("disambiguate", key, f"no JSON object in UTF-8: {error}")
    fault = _fault(row)
    if fault is None and row["paper"] in papers_by_id:
        fault = f"the paper {row['paper']} was on an earlier line"
    return paper_of_row(row) if fault is None else Skip("disambiguate", key, fault)


def _fault(row: object) -> str | None:
    if not isinstance(row, dict):
        return "no JSON object"
    if "paper" not in row:
        return _NO_PAPER
    if not isinstance(row["paper"], str) or not row["paper"].strip():
        return "`paper` is no text"
    authors = row.get("authors")
    authors = [authors] if isinstance(authors, str) else authors
    names = [_name_of(author) for author in authors] if isinstance(authors, list) else [None]
    if None in names:
        return "`authors` is no list of names"
    try:
        "".join([row["paper"], *_texts(names)]).encode()
    except UnicodeEncodeError as error:
        return f"half a character in a name: {error.reason}"
    return None


def paper_of_row(row: Mapping[str, object]) -> Paper:
    """A paper of which no more is known than a row of `people_of_file` says."""
    title, year, venue = row.get("title"), row.get("year"), row.get("venue")
    categories = row.get("categories")
    return Paper(
        id=str(row["paper"]),
        arxiv_id=None,
        title=title if isinstance(title, str) else None,
        authors=_names(row["authors"]),
        authors_complete=True,
        abstract=None,
        categories=_texts(categories) if isinstance(categories, list) else None,
        published=None,
        updated=None,
        year=year if isinstance(year, int) else None,
        venue=venue if isinstance(venue, str) else None,
        doi=None,
        comment=None,
        topics=None,
        repository=None,
        upvotes=None,
        cited_by=(),
        reference_lists=(),
        citations=(),
        authorships=(),
        entries=(),
        decided={},
        disagreements=(),
    )


def _names(authors: object) -> tuple[str, ...]:
    """The names of a list of authors, or of one text that has them all."""
    listed = authors if isinstance(authors, list) else [authors]
    texts = _texts([_name_of(author) for author in listed])
    whole = isinstance(authors, str)
    return tuple(chain.from_iterable(_names_of(text, whole=whole) for text in texts))


def _name_of(author: object) -> str | None:
    """The name of an author who is told as a text, as `{name}` or, as CSL does, in two parts."""
    if not isinstance(author, dict):
        return author if isinstance(author, str) else None
    parts = author.get("family"), author.get("given")
    whole = author.get("name") or ", ".join(filter(None, _texts(parts)))
    return whole if isinstance(whole, str) and whole.strip() else None


def _names_of(text: str, *, whole: bool) -> tuple[str, ...]:
    """The names of a text that is a whole list, or one name of a list; a few stand in one, too."""
    if not whole and _ONE_NAME.fullmatch(text):
        return (text,)
    several = whole or text.count(",") >= FEWEST_COMMAS or CUT.search(text)
    if several and not whole and _ONE_NAME.fullmatch(one := without_others(text)[0]):
        return (one,)
    return (_printed(text, whole=whole) if several and ";" not in text else ()) or separated(text)


def _printed(text: str, *, whole: bool) -> tuple[str, ...]:
    """The names of a list as digests print it; none where it is rather one name."""
    # Few files have one, and no other has to wait for all that digests are read with.
    from pipeline.digests.names import names_in

    printed = names_in(text, sure=True)
    names = printed.names if printed else ()
    return names if whole or all(" " in name for name in names) else ()


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str))
