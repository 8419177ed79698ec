"""Lists of works as Crossref answers them: what each is called, by whom, and of which year.

https://api.crossref.org/swagger-ui/index.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.model.errors import AnswerError
from pipeline.model.records import Reference
from pipeline.model.services import Reply, Request
from pipeline.sources.json_answers import count, fields, listed, parsed, rows, text, words, year

URL = "https://api.crossref.org/works"
SELECTED = "DOI,title,subtitle,author,issued"
EVIDENCE = "of this title at Crossref"


class ListedWorks(NamedTuple):
    """The works of a list, each as it came, by DOI in small letters; `total` is of all."""

    works: Mapping[str, Mapping[str, object]]
    total: int


def listed_works(request: Request, reply: Reply) -> ListedWorks:
    """The works of a list that Crossref answered with. Raises AnswerError for anything else."""
    if reply.status != 200:
        raise AnswerError(request.url, f"answered {reply.status}", reply.status)
    try:
        message = fields(fields(parsed(reply.content)).get("message"))
        total = count(message.get("total-results"))
        works = {work_of(item).doi or "": item for item in rows(message.get("items"))}
    except (ValueError, TypeError) as error:
        reason = f"what came back is not the answer: {error}"
        raise AnswerError(request.url, reason, reply.status) from error
    if total is None:
        raise AnswerError(request.url, "this is no list of works", reply.status)
    return ListedWorks(works, total)


def work_of(item: Mapping[str, object]) -> Reference:
    """What a work is called. Raises ValueError or TypeError for what is none."""
    doi = text(item.get("DOI"))
    if not doi:
        raise ValueError("a work has no DOI")
    title, subtitle = (next(iter(_texts(item, name)), None) for name in ("title", "subtitle"))
    authors = rows(item.get("author"))
    named = (" ".join(filter(None, map(words, map(a.get, ("given", "family"))))) for a in authors)
    teams = (words(author.get("name")) for author in authors)
    dated = listed(fields(item.get("issued")).get("date-parts"))
    days = [part for of_one in dated[:1] for part in listed(of_one)]
    return Reference(
        title=f"{title}: {subtitle}" if title and subtitle else title,
        first_author=next(filter(None, (*named, *teams)), None),
        year=year(days[0]) if days else None,
        arxiv_id=None,
        doi=doi.casefold(),
        evidence=EVIDENCE,
    )


def _texts(item: Mapping[str, object], name: str) -> list[str]:
    return list(filter(None, map(words, listed(item.get(name)))))
