"""How well one paper agrees with an entry, each kind of evidence on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.match.authors import authors_in_common, same_first_author
from pipeline.match.dates import month_scores
from pipeline.match.shortened import run_of, told_of
from pipeline.match.titles import part_of, title_likeness, title_scores, with_name
from pipeline.match.venues import same_venue
from pipeline.model.folding import content_words, title_words
from pipeline.model.ids import month_of
from pipeline.model.records import Candidate, Entry, Facts
from pipeline.model.title_twins import NO_COUNTS, title_share

FEWEST_RUNS = 12
"""An abstract of fewer three-word runs is no evidence."""
LEAST_IN_COMMON = (0.5, 0.5, 0.1, 0.05)
"""Of `title`, `part`, `authors` and `abstract`: a paper below all of these is no candidate."""


class Background(NamedTuple):
    """What is known beyond an entry and a paper.

    `twins` is how often another paper bears such a title too, and `rare` are its words that few
    titles have; None where that is not known. `bits` is how rare its words are together
    (`title_twins`). `fields` is how often the other papers of the list
    are of each archive (`cs`, `hep-ph`), 0 to 1; empty where too few are known. `late` is how often
    these were read months after their ids, None where too few say so. `posted` is whether the days
    of the list are those on which it was begun: papers that came later were added, and these days
    tell nothing of when any was read. `newest` are the months of the two newest papers of the list
    that are known surely, None where too few are.
    """

    twins: float | None = None
    rare: frozenset[str] | None = None
    bits: float | None = None
    fields: Mapping[str, float] = {}
    late: float | None = None
    posted: bool = False
    newest: tuple[int, int] | None = None


NOTHING_KNOWN = Background()


def weighed(entry: Entry, facts: Facts, background: Background = NOTHING_KNOWN) -> Candidate | None:
    """A paper as a candidate for an entry; None where it has nothing in common with it.

    A paper whose id the entry prints is one all the same. These are its scores, each None where
    it cannot be taken:

    - `title`: likeness of the folded titles, 0 to 1; the nearest of current and former counts
    - `length`: how much an equal title says: 1 for five words or more, 0.5 for three, else 0, as
      for a comment or a reply, whose title others may bear too
    - `words`: how many content words the entry's title has
    - `twins`: how often another paper bears a title like the entry's too, 0 to 1
    - `former`: 1 where that nearest title is a former one, else 0
    - `renamed`: 1 where the entry's title is not spelled as today's, case left out, else 0
    - `part`: 1 where the entry's title is what stands before or after the other's colon, or the
      other behind a coined name and a colon; 0.5 where it is so the other way round, else 0
    - `begun`: 1 where the entry's title is how the other begins, 0.5 the other way round, else 0
    - `slips`: 1 where the titles have the same words but for typing slips, 0.5 where endings, small
      words or the order differ too, else 0
    - `name`: 1 where both titles begin with the same coined name and a colon, 0 where with two
      names, None where one begins with none
    - `named`: 1 where the entry's title is the other behind a coined name and a colon, 0.5 the
      other way round, else 0
    - `head`: 1 where the entry's title is what stands before the first mark of the other, else 0
    - `run`: how many content words the entry's title has, where the other has them all together in
      order, else 0
    - `told`: share of what the other title says beyond it that the entry's text says too, 0 to 1
    - `bits`: how rare the words of the entry's title are together
    - `tail`: how like is what stands behind the same words and a colon, None where these differ
    - `numbers`: 1 where the numbers, versions and numerals of the titles are the same, 0.5 where
      one of these is that of a comment, a reply or an erratum, else 0
    - `rare`: how many rare words the entry's title has; `shared`: how many the other has too
    - `authors`: share of people in common, 0 to 1, of the longer list (the shorter, if one is
      cut); of organisations, where one list names nobody else
    - `people`: how many people are in common; `within`: 1 where these are all of one list
    - `first`: 1 where the first authors can be one person, else 0
    - `months`: from the id's month to the months that the entry states, 0 within them; below 0
      the entry is older than the paper. `span`: how many months it states, 12 for a year;
      `published`: 1 where that is when the paper appeared, 0 where it is when it was read
    - `late`: how often the other papers of the list were read months after their ids, 0 to 1
    - `beyond`: how many months the paper is newer than the newest other of the list, 0 for none
    - `field`: how often the other papers of the list are of this paper's archive, 0 to 1
    - `venue`: 1 where both name one venue, else None
    - `abstract`: share of the entry's three-word runs that the paper's abstract has, 0 to 1
    """
    titles = [title for title in (facts.title, *facts.former_titles) if title]
    typed = [with_name(entry.title, entry.names, title) for title in titles]
    likeness = list(map(title_likeness, typed, titles))
    best = max(range(len(titles)), key=lambda index: (likeness[index] or 0.0, -index), default=0)
    nearest, typed_title = (titles[best], typed[best]) if titles else ("", entry.title)
    people = authors_in_common(entry, facts)
    title = likeness[best] if titles else None
    abstract = _containment(entry.abstract, facts.abstract)
    common = (title, part_of(typed_title, nearest), people.authors, abstract)
    if entry.arxiv_id != facts.arxiv_id and not (_in_common(common) or _shortened(entry, nearest)):
        return None
    scores = {
        "title": title,
        **title_scores(typed_title, nearest, facts.title),
        **_rare_words(background.rare, nearest),
        "twins": _twins(entry.title, background.twins),
        "bits": background.bits,
        "told": _told(entry, nearest),
        **people._asdict(),
        "first": same_first_author(entry, facts),
        **month_scores(entry, facts.arxiv_id, reading=not background.posted),
        "late": background.late,
        "beyond": _months_beyond(facts.arxiv_id, background),
        "field": _field_share(facts, background.fields),
        "venue": same_venue(entry.venue, facts.venue),
        "abstract": abstract,
    }
    return Candidate(
        arxiv_id=facts.arxiv_id,
        title=facts.title or nearest,
        known_as=nearest,
        source=facts.source,
        scores=scores,
    )


def archive_of(facts: Facts) -> str | None:
    """The archive of a paper's primary category (`cs`, `hep-ph`); None where it is not known.

    An id of the old form names it; the categories of a new one have to be known.
    """
    if facts.categories:
        return facts.categories[0].partition(".")[0]
    archive, slash, _ = facts.arxiv_id.partition("/")
    return archive.partition(".")[0] if slash else None


def _months_beyond(arxiv_id: str, background: Background) -> float | None:
    if background.newest is None or background.posted:
        return None
    month, (newest, next_newest) = month_of(arxiv_id), background.newest
    return float(max(month - (next_newest if month == newest else newest), 0))


def _field_share(facts: Facts, fields: Mapping[str, float]) -> float | None:
    archive = archive_of(facts)
    return round(fields.get(archive, 0.0), 4) if fields and archive else None


def _told(entry: Entry, nearest: str) -> float | None:
    text = "\n".join(filter(None, (entry.commentary, entry.abstract)))
    return told_of(text, entry.title, nearest) if entry.title and nearest else None


def _shortened(entry: Entry, nearest: str) -> bool:
    return bool(entry.title and nearest and run_of(entry.title, nearest))


def _in_common(scores: Sequence[float | None]) -> bool:
    reached = zip(scores, LEAST_IN_COMMON, strict=True)
    return any(score is not None and score >= least for score, least in reached)


def _twins(title: str | None, of_catalogue: float | None) -> float | None:
    if of_catalogue is not None or not title:
        return of_catalogue
    return title_share(title_words(title), (), 0, NO_COUNTS)


def _rare_words(rare: frozenset[str] | None, nearest: str) -> dict[str, float | None]:
    if rare is None or not nearest:
        return {"rare": None, "shared": None}
    return {"rare": float(len(rare)), "shared": float(len(rare & content_words(nearest)))}


def _containment(a: str | None, b: str | None) -> float | None:
    if not a or not b:
        return None
    runs_a, runs_b = _three_word_runs(a), _three_word_runs(b)
    if min(len(runs_a), len(runs_b)) < FEWEST_RUNS:
        return None
    return round(len(runs_a & runs_b) / len(runs_a), 4)


@lru_cache(maxsize=4096)
def _three_word_runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False))
