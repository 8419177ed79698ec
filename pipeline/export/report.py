"""`report.md`: what needs the reader, then what was read, matched and known. Short."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from math import comb

import pyarrow.compute as pc

from pipeline.export.markdown_text import inline, table
from pipeline.model.counting import counted, known_references
from pipeline.model.doubted_ids import doubted_id
from pipeline.model.identities import Creator
from pipeline.model.paper_names import reader_names
from pipeline.model.printing import printable
from pipeline.model.readable_tex import readable_title
from pipeline.model.records import IdLedger, Paper
from pipeline.model.services import State
from pipeline.model.tables import Build, BuildFile

MOST_TOLD = 10
"""A section tells so many of a list; `report-lists.md` has all of it."""
LISTS = "report-lists.md"

_FIELDS = ("title", "authors", "abstract", "categories", "published", "venue", "references")


def _pieces(build: Build) -> Iterator[bytes]:
    yield f"# Report\n\n{inline(_in_short(build))}\n\n## What needs you\n\n".encode()
    needs = [(heading, list(lines)) for heading, lines in _for_the_reader(build)]
    asking = [f"- {head}: {_listed(lines):,}\n" for head, lines in needs if _listed(lines)]
    yield "".join(asking or ["Nothing.\n"]).encode()
    for heading, lines in chain(needs, _worth_knowing(build), _of_the_run(build)):
        if body := "\n".join(map(printable, _at_most(lines))):
            yield f"\n## {heading}\n\n{body}\n".encode()


def _list_pieces(build: Build) -> Iterator[bytes]:
    yield b"# Lists\n\nAll that `report.md` tells the beginning of.\n"
    for heading, lines in chain(_for_the_reader(build), _worth_knowing(build)):
        body = "\n".join(map(printable, lines)) or "None."
        yield f"\n## {heading}\n\n{body}\n".encode()


_ReportSections = Iterator[tuple[str, Iterable[str]]]


def _for_the_reader(build: Build) -> _ReportSections:
    """What only the reader can settle, the most pressing first."""
    yield "Entries left to you", _undecided(build)
    yield "Printed arXiv ids that went nowhere", _nowhere(build.printed)
    yield "Records left out", _skips(build)
    yield "Authors joined or parted since the last build", _moved(build)
    yield "Tags that may be one", _tags(build)
    yield "Authors who may be one, or several", _ambiguous(build)


def _worth_knowing(build: Build) -> _ReportSections:
    """What papers tell. There may be many, to be made anew from bytes, so each is met once."""
    sections: dict[str, Callable[[Paper], Iterator[str]]] = {
        "Where sources disagree": _disagreements,
        "References that are not known": partial(_unknown_references, _failures(build)),
        "References that print the id of another paper": _doubted,
        "Papers that you call otherwise": _called,
    }
    lines: dict[str, list[str]] = {heading: [] for heading in sections}
    for paper in build.papers:
        for heading, of_paper in sections.items():
            lines[heading] += of_paper(paper)
    if called := lines["Papers that you call otherwise"]:
        how = "Each of these names finds the paper, in the page as in `explain` and `around`."
        called[:0] = [how, ""]
    yield from lines.items()


def _of_the_run(build: Build) -> _ReportSections:
    yield "What the graph holds", _counts(build)
    yield "Where printed arXiv ids went", _printed(build.printed)
    yield "How entries were matched", _matches(build)
    yield "What each source knows", _coverage(build)
    yield "What was asked of each service", _asked(build)


def _in_short(build: Build) -> str:
    matched = sum(match.verdict == "matched" for match in build.matches)
    graph = f"{counted(build.nodes.num_rows, 'node')}, {counted(build.edges.num_rows, 'edge')}"
    return f"Entries: {len(build.matches):,}, of which {matched:,} are matched. Graph: {graph}."


def _listed(lines: Iterable[str]) -> int:
    return sum(line.startswith("- ") for line in lines)


def _at_most(lines: Iterable[str]) -> Iterator[str]:
    """The lines, of a list no more than the first; how many more there are, and where."""
    items = 0
    for line in lines:
        items += line.startswith("- ")
        if items <= MOST_TOLD or not line.startswith("- "):
            yield line
    if items > MOST_TOLD:
        yield f"- and {items - MOST_TOLD:,} more in [{LISTS}]({LISTS})"


def _counts(build: Build) -> Iterator[str]:
    yield from table(("node", "count"), _value_counts(build.nodes["kind"]))
    yield ""
    yield from table(("edge", "count"), _value_counts(build.edges["kind"]))
    yield ""
    yield f"Input files: {build.files:,}. Entries: {len(build.matches):,}."


def _printed(ledger: IdLedger) -> Iterator[str]:
    lost = sum(len(account.printed) for account in ledger.nowhere)
    total = ledger.own + ledger.mentions + lost
    yield f"Printed: {total:,}, each once a file. They are {ledger.own:,} of an entry's own, "
    yield f"{ledger.mentions:,} mentioned, {lost:,} nowhere."


def _nowhere(ledger: IdLedger) -> Iterator[str]:
    for account in ledger.nowhere:
        for printed in account.printed:
            why = inline(printed.why) if printed.why else "not explained"
            yield f"- `{account.file}:{printed.line}` {printed.arxiv_id}: {why}"


def _matches(build: Build) -> Iterator[str]:
    rules = Counter((match.verdict, match.decided_by) for match in build.matches)
    rows = [(verdict, rule, f"{count:,}") for (verdict, rule), count in sorted(rules.items())]
    yield from table(("verdict", "decided by", "entries"), rows)


def _undecided(build: Build) -> Iterator[str]:
    undecided = [match for match in build.matches if match.verdict == "undecided"]
    if undecided:
        yield "Settle one for good with an `[[entry]]` in `overrides.toml`."
        yield ""
    for match in undecided:
        entry = match.entry
        title = inline(readable_title(entry.title or "(no title)"))
        yield f"- `{entry.file}:{entry.line_start}` {title}: {inline(match.reason)}."


def _called(paper: Paper) -> Iterator[str]:
    if paper.title and (names := reader_names(paper)):
        quoted_names = ", ".join(f'"{inline(readable_title(name))}"' for name in names)
        title = inline(readable_title(paper.title))
        yield f'- {paper.arxiv_id or paper.id} "{title}": {quoted_names}'


def _coverage(build: Build) -> Iterator[str]:
    fields_given, fields_known = Counter[tuple[str, str]](), Counter[str]()
    for paper in build.papers:
        sources_of_lists = [listed.source for listed in paper.reference_lists]
        for field, source in paper.decided.items():
            fields_given[source, field] += 1
        for source in sources_of_lists:
            fields_given[source, "references"] += 1
        fields_known.update({*paper.decided, *(["references"] if sources_of_lists else ())})
    all_papers = counted(len(build.papers), "paper")
    yield f"Of {all_papers} that you read or mention, how many fields each source gave:"
    yield ""
    rows = [
        (source, *(f"{fields_given[source, field]:,}" for field in _FIELDS))
        for source in dict.fromkeys([*build.sources, "digest"])
    ]
    unknown = (len(build.papers) - fields_known[field] for field in _FIELDS)
    rows.append(("not known", *(f"{count:,}" for count in unknown)))
    yield from table(("source", *_FIELDS), rows)


def _asked(build: Build) -> Iterator[str]:
    states = Counter((result.source, result.state) for result in build.told)
    names: tuple[State, ...] = ("found", "unknown", "failed", "not asked")
    rows = [
        (source, *(f"{states[source, state]:,}" for state in names))
        for source in sorted({result.source for result in build.told})
    ]
    if rows:
        yield "An answer is kept; what failed or was not asked is asked on the next run."
        yield ""
        yield from table(("service", *names), rows)
        yield ""
    reasons = Counter((result.source, result.reason) for result in build.told if result.reason)
    for (source, reason), count in sorted(reasons.items()):
        yield f"- {source}: {inline(reason or '')} ({count:,})"


def _failures(build: Build) -> dict[str, list[str]]:
    """Which sources failed to tell of a paper, and why, by its id."""
    failed = defaultdict(list)
    for row in build.coverage.filter(pc.field("state") == "failed").to_pylist():
        failed[row["paper"]].append(f"{row['source']} failed: {row['reason']}")
    return dict(failed)


def _unknown_references(failed: Mapping[str, Sequence[str]], paper: Paper) -> Iterator[str]:
    if not paper.reference_lists:
        reasons = failed.get(paper.id)
        why = f" ({inline('; '.join(reasons))})" if reasons else ""
        yield f"- {_named(paper)}: no source at hand has its reference list{why}."
    elif not any(listed.complete for listed in paper.reference_lists):
        most = max(len(listed.references) for listed in paper.reference_lists)
        yield f"- {_named(paper)}: {known_references(most)}, not all."


def _doubted(paper: Paper) -> Iterator[str]:
    """The references that are named by their titles, as their ids are those of others."""
    for work in dict.fromkeys(w for of in paper.reference_lists for w in of.references):
        if arxiv_id := doubted_id(work.evidence):
            yield f"- {inline(readable_title(work.title or ''))}: {arxiv_id} in {_named(paper)}"


def _disagreements(paper: Paper) -> Iterator[str]:
    for claim in paper.disagreements:
        chosen = paper.decided[claim.field]
        other_value = f"{claim.source} says {inline(claim.value)}"
        yield f"- {_named(paper)}, {claim.field}: taken from {chosen}; {other_value}"


def _ambiguous(build: Build) -> Iterator[str]:
    resting, pairs = _pairs_of_authors(build.creators)
    share = f"{resting / pairs:.1%}" if pairs else "none"
    rest = f"{resting:,} ({share}) rest on such a name"
    yield f"The papers' author lists pair people {counted(pairs, 'time')}; of these pairs {rest}."
    open_ones = [creator for creator in build.creators if creator.ambiguous]
    if open_ones:
        yield "`digest-graph explain NAME` says why; a `[[person]]` in `overrides.toml` settles it."
        yield ""
    for creator in open_ones:
        papers = ", ".join(sorted({s.paper_id for s in creator.signatures}))
        why_open = f"{inline(creator.reason)}; {inline(creator.doubt or '')}"
        yield f"- {inline(creator.name)}, `{creator.id}`, of {papers}: {why_open}."


def _pairs_of_authors(creators: Iterable[Creator]) -> tuple[int, int]:
    """How many pairs of people signed a paper together, with one who is ambiguous, and in all."""
    people = [creator for creator in creators if creator.kind == "author"]
    authors = _signed(people)
    ambiguous = _signed(person for person in people if person.ambiguous)
    pairs = sum(comb(count, 2) for count in authors.values())
    certain = sum(comb(count - ambiguous[paper_id], 2) for paper_id, count in authors.items())
    return pairs - certain, pairs


def _signed(people: Iterable[Creator]) -> Counter[str]:
    """How many of these people signed each paper."""
    return Counter(chain.from_iterable({s.paper_id for s in p.signatures} for p in people))


def _moved(build: Build) -> Iterator[str]:
    for kind, name, before, after, reason in build.moved:
        ids = (" and ".join(f"`{node_id}`" for node_id in side) for side in (before, after))
        yield f"- {inline(name)}, {kind}: {' is now '.join(ids)}: {inline(reason)}."


def _tags(build: Build) -> Iterator[str]:
    if build.suggestions:
        yield "None of this is applied. What you agree with goes under `[alias]` in `tags.toml`."
        yield ""
    for kind, tag, other, reason in build.suggestions:
        yield f"- {inline(tag)} = {inline(other)}, {kind}: {inline(reason)}."


def _skips(build: Build) -> Iterator[str]:
    for skip in build.skips:
        yield f"- {skip.stage}, `{skip.key}`: {inline(skip.reason)}"


def _named(paper: Paper) -> str:
    title = readable_title(paper.title or "(title not known)")
    return f"`{paper.arxiv_id or paper.id}` {inline(title)}"


def _value_counts(column: object) -> list[tuple[str, str]]:
    counts = pc.value_counts(column).to_pylist()
    return [
        (row["values"], f"{row['counts']:,}") for row in sorted(counts, key=lambda r: r["values"])
    ]


BUILD_FILE = BuildFile("report.md", _pieces)
LISTS_FILE = BuildFile(LISTS, _list_pieces)
