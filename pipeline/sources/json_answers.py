"""What the sources that answer one key in JSON share: checked reading, and cutting by key.

Whatever is not as a service says it answers is a ValueError or TypeError here; `only_piece`
makes it an AnswerError, so that it is asked again, and `facts_of_pieces` a Skip.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from pipeline.model.errors import AnswerError
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Facts, Reference, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request
from pipeline.sources.text_markup import without_markup

FactsOf = Callable[[str, object], Facts | None]
"""What a parsed answer says about a key; None where it is the answer for an unknown key."""

_MOST = 10**12
_DIGITS = re.compile(r"[0-9]{1,12}")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ABSENT = re.compile(rb"not found|no such|not exist|not recogni|404|arxiv", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S{1,400})", re.IGNORECASE)


def only_piece(request: Request, reply: Reply, facts_of: FactsOf) -> Payloads:
    """The reply as the payload of the one key asked, None for an unknown one; else AnswerError."""
    (key,) = request.keys
    if is_unknown(reply):
        return ((key, None),)
    if reply.status != 200:
        raise AnswerError(request.url, f"answered {reply.status}", reply.status)
    try:
        facts = facts_of(key, parsed(reply.content))
    except (ValueError, TypeError) as error:
        reason = f"what came back is not the answer: {error}"
        raise AnswerError(request.url, reason, reply.status) from error
    return ((key, reply.content if facts else None),)


def is_unknown(reply: Reply) -> bool:
    """Whether a service says that it does not know a key: a 404, and no page about another thing.

    A network that wants somebody to log in answers whatever is asked with a page of its own.
    """
    is_page = reply.content.lstrip()[:1] == b"<"
    return reply.status == 404 and (not is_page or bool(_ABSENT.search(reply.content[:8_000])))


def found_piece(request: Request, reply: Reply, facts_of: FactsOf) -> Payloads:
    """The reply to a search as `only_piece`; a 404 is no answer, as a search has one for all."""
    if reply.status == 404:
        raise AnswerError(request.url, "answered 404", reply.status)
    return only_piece(request, reply, facts_of)


def facts_of_pieces(answer: Answer, source: str, facts_of: FactsOf) -> Iterator[Facts | Skip]:
    """The facts of each payload; a Skip for a payload that is damaged."""
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            facts = facts_of(key, parsed(payload))
        except (ValueError, TypeError) as error:
            yield Skip("sources", f"{source}/{key}", f"not as {source} answers: {error}.")
            continue
        if facts:
            yield facts


def works_of_pieces(
    answer: Answer, source: str, works_of: Callable[[object], Iterable[Reference]]
) -> Iterator[Reference | Skip]:
    """The works of each payload; a Skip for a payload that is damaged or holds none."""
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            works = list(works_of(parsed(payload)))
        except (ValueError, TypeError) as error:
            yield Skip("sources", f"{source}/{key}", f"not as {source} answers: {error}.")
            continue
        yield from works
        if not works:
            yield Skip("sources", f"{source}/{key}", "no work is in it.")


@lru_cache(maxsize=16)
def parsed(content: bytes) -> object:
    """The JSON of `content`; ValueError where it is none, nests too deep, or has NaN.

    An answer is parsed once, though it is checked when it comes and read after that; nobody
    changes what is returned.
    """
    try:
        value: object = json.loads(content.decode("utf-8"), parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("it nests too deep") from error
    except ValueError as error:
        raise ValueError(f"it is no JSON ({type(error).__name__})") from error
    return value


def fields(value: object) -> dict[str, object]:
    """`value`, which must be an object; an absent one is empty."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise TypeError(f"an object was looked for, not {type(value).__name__}")
    return value


def rows(value: object) -> list[dict[str, object]]:
    """`value`, which must be a list of objects; an absent one is empty."""
    return [fields(row) for row in listed(value)]


def listed(value: object) -> list[object]:
    """`value`, which must be a list; an absent one is empty."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError(f"a list was looked for, not {type(value).__name__}")
    return value


def text(value: object) -> str | None:
    """`value`, which must be a text or absent, on one line; None if blank."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"a text was looked for, not {type(value).__name__}")
    return " ".join(_UNPRINTABLE.sub("", value).split()) or None


def words(value: object) -> str | None:
    """`value` as `text`, without the marks of HTML, JATS or MathML that set a title or a name.

    >>> words("Weighing H<sub>2</sub>O &amp; sand")
    'Weighing H2O & sand'
    """
    printed = text(value)
    return without_markup(printed) or None if printed else None


def count(value: object) -> int | None:
    """`value`, which must be a whole number from 0, be it written as a text, or absent."""
    if value is None:
        return None
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if type(value) is not int or not 0 <= value < _MOST:
        raise ValueError("a count was looked for")
    return value


def year(value: object) -> int | None:
    """The year that a number or a text such as `2019a` begins with; None for any other."""
    match = re.match(r"(1[5-9]|20)\d\d(?!\d)", str(value)[:20]) if value is not None else None
    return int(match[0]) if match else None


def work_ids(doi: object) -> tuple[str | None, str | None]:
    """The arXiv id and the DOI that a DOI, in any form, stands for: the one or the other.

    >>> work_ids("https://doi.org/10.48550/arXiv.2409.01524"), work_ids("10.1162/TACL")
    (('2409.01524', None), (None, '10.1162/tacl'))
    """
    match = _DOI.fullmatch(text(doi) or "")
    if not match:
        return None, None
    arxiv_id = normal_arxiv_id(match[1])
    return (arxiv_id, None) if arxiv_id else (None, match[1].casefold())


def given_name_first(name: str) -> str:
    """A name with its given name first: `Maldacena, Juan M.` is `Juan M. Maldacena`."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
