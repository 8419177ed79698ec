"""Matching: entries to arXiv ids, printed ids hidden, against the gold notes and hard pairs.

The gold is that of `../shared/gold` and `../shared/corpus`. `docs/matching.md` has the
figures of a run, with what they mean.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.folders import CORPUS
from benchmarks.gold import known_digests, known_notes
from benchmarks.matching import hard_pairs, lists, taken_out
from benchmarks.matching.comparison import comparison
from benchmarks.matching.invented import invented_records
from benchmarks.matching.reliability import Judgement, judgement, reliability
from benchmarks.matching.sought import Judged, Sought, judged, sought
from benchmarks.shares import Share, at_most, table
from pipeline.catalogue.building import build_catalogue
from pipeline.catalogue.search import Catalogue
from pipeline.match.evidence import Background
from pipeline.model.records import Entry

ENTRIES = 20_000
INVENTED = 3_000
"""Records of the catalogue that is made up where no gold is at hand."""
PRECISION, RECALL, RECALL_WITH_AUTHORS = 1.0, 0.975, 0.99
Group = Callable[[Judged], str]


def measured() -> Iterator[str]:
    """A line for each figure, and one for each entry that went wrong or was missed."""
    with _catalogue() as catalogue:
        yield f"catalogue: {catalogue.about['records']:,} records, to {catalogue.about['newest']}"
        notes = list(sought(known_notes(), catalogue))
        yield from _gold("notes", notes)
        yield from _gold("digests", list(sought(known_digests(), catalogue)))
        count = int(os.environ.get("EVAL_ENTRIES", ENTRIES))
        drawn = taken_out.records_as_entries(catalogue, count)
        tried = list(taken_out.taken(sought(drawn, catalogue)))
        yield ""
        yield from taken_out.report("records", tried)
        yield ""

        def rarity(title: str | None) -> Background:
            return Background(*catalogue.title_rarity(title))

        pairs = list(hard_pairs.trials(hard_pairs.pairs(), rarity))
        yield from hard_pairs.report(pairs)
        yield ""
        yield from _reliability(notes, tried, pairs)
        yield ""
        yield from comparison(notes, tried, catalogue)
        yield ""
        listed = lists.sources(lists.list_folders())
        yield from lists.report({s.name: lists.trials(s.entries, catalogue) for s in listed})


def invented() -> Iterator[str]:
    """Lines: records of an invented world as entries, with their own papers and without."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "records.jsonl").write_bytes(invented_records(INVENTED))
        build_catalogue([folder / "records.jsonl"], folder / "built", lambda path: path.open("rb"))
        with Catalogue(folder / "built") as catalogue:
            drawn = taken_out.records_as_entries(catalogue, INVENTED // 10)
            yield from taken_out.report("invented", list(taken_out.taken(sought(drawn, catalogue))))
            made = lists.invented_sources([known.entry for known in drawn])
            yield from lists.report({s.name: lists.trials(s.entries, catalogue) for s in made})


@contextmanager
def _catalogue() -> Iterator[Catalogue]:
    """The catalogue that `EVAL_CATALOGUE` names, else one built for this run."""
    asked = os.environ.get("EVAL_CATALOGUE")
    with TemporaryDirectory() as name:
        folder = Path(asked or name)
        if not asked:
            build_catalogue([CORPUS], folder, lambda path: path.open("rb"))
        with Catalogue(folder) as opened:
            yield opened


def _gold(name: str, asked: Sequence[Sought]) -> Iterator[str]:
    found = [judged(each) for each in asked]
    without = [judged(each.without_own()) for each in asked]
    yield ""
    yield from (share.line() for share in shares(name, found))
    wrong = sum(each.wrong for each in without)
    of = sum(bool(each.sought.arxiv_id and each.sought.entry.title) for each in without)
    yield at_most(f"{name}: another taken, own out", wrong, of, 1)
    for group, of_group in (("case", case), ("year", _year), ("catalogue has authors", _listed)):
        yield from table(f"{name}, by {group}", by_group(found, of_group), COLUMNS)
    yield from _listing(found, without)


def shares(name: str, found: Sequence[Judged]) -> list[Share]:
    """Precision, and recall of the entries with a title whose paper the catalogue has.

    Precision is of the ids given where gold knows one; an id where gold is silent is not counted.
    """
    right, wrong = sum(each.right for each in found), sum(each.wrong for each in found)
    titled = [each for each in found if each.sought.own and each.sought.entry.title]
    listed = [e for e in titled if e.sought.entry.authors and e.sought.own and e.sought.own.authors]
    return [
        Share(f"{name}: precision", right, right + wrong, PRECISION),
        Share(f"{name}: recall", sum(e.right for e in titled), len(titled), RECALL),
        Share(
            f"{name}: recall, both have the authors",
            sum(e.right for e in listed),
            len(listed),
            RECALL_WITH_AUTHORS,
        ),
    ]


COLUMNS = ("entries", "in catalogue", "right", "wrong", "missed", "gold silent", "id there")


def by_group(found: Iterable[Judged], group: Group) -> dict[str, list[object]]:
    """Counts, as `COLUMNS`, of each group."""
    counted: dict[str, Counter[str]] = {}
    for each in found:
        counts = counted.setdefault(group(each), Counter())
        silent = each.sought.arxiv_id is None
        counts["entries"] += 1
        counts["in catalogue"] += each.sought.own is not None
        counts["right"] += each.right
        counts["wrong"] += each.wrong
        counts["missed"] += each.missed
        counts["gold silent"] += silent
        counts["id there"] += silent and each.match.arxiv_id is not None
    return {name: [counted[name][column] for column in COLUMNS] for name in sorted(counted)}


def case(found: Judged) -> str:
    """What an entry has to be matched by."""
    entry: Entry = found.sought.entry
    if not entry.title:
        return "no title"
    if not entry.authors:
        return "title only" if not entry.abstract else "no authors"
    return "full" if entry.abstract else "no abstract"


def _year(found: Judged) -> str:
    day = found.sought.entry.date
    return str(day.year) if day else "no date"


def _listed(found: Judged) -> str:
    own = found.sought.own
    if own is None:
        return "not in the catalogue"
    if not own.authors:
        return "no authors"
    typed = found.sought.entry.authors or ()
    return "first author alone" if len(own.authors) == 1 < len(typed) else "authors"


def _listing(found: Iterable[Judged], without: Iterable[Judged]) -> Iterator[str]:
    for each in found:
        title, match = each.sought.entry.title, each.match
        if each.wrong:
            link = f'; gold\'s id is "{each.sought.own.title}"' if each.sought.own else ""
            yield f"    wrong, or gold is: {hard_pairs.told(each)}{link}"
        elif each.missed:
            own = f'{each.sought.arxiv_id} "{each.sought.own.title}"' if each.sought.own else ""
            yield f'    missed: {each.sought.entry.file} "{title}", which is {own}: {match.reason}'
        elif match.arxiv_id and not each.right:
            yield f"    gold silent: {hard_pairs.told(each)}"
    for each in without:
        if each.wrong:
            yield f"    own taken out: {hard_pairs.told(each)}"


def _reliability(
    notes: Sequence[Sought], tried: Sequence[taken_out.Taken], pairs: Sequence[hard_pairs.Trial]
) -> Iterator[str]:
    of_gold = [
        judgement(each.match(), each.arxiv_id, on_arxiv=True) for each in notes if each.arxiv_id
    ]
    of_pairs = list(hard_pairs.judgements(pairs))
    of_records = list(taken_out.judgements(tried, weight=len(of_gold)))
    pools: dict[str, list[Judgement]] = {
        "gold notes": of_gold,
        "hard pairs": of_pairs,
        "records, own taken out": of_records,
        "all three": of_gold + of_pairs + of_records,
    }
    for name, judgements in pools.items():
        yield from reliability(name, judgements)
