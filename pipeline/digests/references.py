"""References that say who wrote a paper before or behind its title, in one form for all readers.

    Lee, Kim, Ng: Slow Cooking of Models            **Slow Cooking of Models** (Lee, Kim, Ng)
    "Slow Cooking of Models", de Lee y otros    ->  **Slow Cooking of Models** (Lee y otros)
    I read Slow Cooking of Models by Lee and Kim    **Slow Cooking of Models** (Lee and Kim) I read

What could be read in two ways, as `Show, Attend and Tell: Naming Images`, is taken apart where
several lines of the file have that form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Literal, NamedTuple

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line
from pipeline.digests.bylines import without_symbol
from pipeline.digests.family_names import names_of
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.leads import without_lead
from pipeline.digests.lines import Line
from pipeline.digests.names import SENTENCE, AuthorList, is_name, is_particle
from pipeline.digests.publication import VENUE
from pipeline.digests.reference_links import BEHIND, LinkInText, is_above_link, linked_text
from pipeline.digests.running import is_running, speaks
from pipeline.digests.titles import is_section_name, looks_like_title

_ReferenceForm = Literal["names: title", "names, title", "title, names", "title. name", "said"]
_CHARACTERS = 1_500
_MOST_CUTS = 12
_SEVERAL = 2
_SURE_FAMILIES = 4
_SURE_NAMES = 3
_WORDS_OF_TITLE = 3
_MOST_WORDS = 35
_YEAR = re.compile(r"(?<!\s)(?:\s*,)?\s*[(\[]?(?:19|20)\d\d[a-z]?[)\]]?\s*$")
_COMMA = re.compile(r"[,;]\s+|(?<=[\w)][\w)])(?<!et al)\.\s+")
_TAIL = re.compile(
    rf"[,.;]\s+(?:In:? |to appear in )?(?:{VENUE})?[\w&./: '’-]{{0,60}}?\(?(?:19|20)\d\d\)?\.?\s*$"
)
_BY = re.compile(
    r"(?:by|de|von|van|par|por|di|da|av|af|door|from|od|autor[ae]?s?:?|from the paper of)\s+",
)
_MARKED = re.compile(
    r"\*\*(?P<a>[^*]{8,300})\*\*|[\"“„«《「『](?P<b>[^\"“”»》」』]{8,300})[\"”“»》」』]"
    r"|(?<![\w*])[*_](?P<c>[^*_]{8,300})[*_](?![\w*])|\[(?P<link>[^\[\]]{8,300})\]"
)
_MARK = re.compile(r"[*\"“„«《「『_\[]")
"""What each of `_MARKED` begins with, which is sooner looked for."""
_MAY_PART = re.compile(r"[,;:.]\s|by|[*\"“„«《「『_\[<`~]")
"""Without any of these a line has nothing that tells a title from names: see `_may_be`."""
_READ = re.compile(
    r"(?:[^.!?:]{0,60}\s)?(?:(?:re)?read|reading|finished|skimmed|called|titled|entitled|named|leí|leído"
    r"|lido|li|letto|gelesen|lu|relu|läst|lest|gelezen)\s+(?=[A-Z0-9])",
    re.IGNORECASE,
)
_WROTE = re.compile(r"(?:,|(?<=[^\s,]))\s+(?:by|by the authors)\s+(?=[A-Z])")
_OTHERS = re.compile(r"\bet\.? al\b\.?")
_LOOKED_AT = 200
_NAMES_END = re.compile(r"(?<!\bal)(?<![A-Z])[.;!?](?:\s|$)|\)|\s[-–—|]\s")
_PARTED = re.compile(r"\s[-–—|·]\s|[\"“”„«»《》「」『』|]|[（）]")
_FEWEST = 20
_EDGES = ' ,;:.-–—()[]<>|·*_"“”„'


class _ReferenceText(NamedTuple):
    """A title, who wrote it as it is printed, how it is written, and what is said around it."""

    title: str
    names: str
    form: _ReferenceForm
    is_sure: bool
    lead: str = ""
    link: str = ""
    said: str = ""


def restated(lines: Iterable[Line]) -> tuple[list[Line], Mapping[str, str]]:
    """The lines, each reference with its title first, and how their bodies were written."""
    kept = [*lines]
    references = [_reference(*pair) for pair in zip_longest(kept, kept[1:])]
    sure = {reference.form for reference in references if reference and reference.is_sure}
    forms = Counter(reference.form for reference in references if reference)
    if not forms:
        return kept, {}
    papers = sum(markdown.is_paper_link(x.body) and not is_running(x.body) for x in kept)
    usual = {
        form
        for form, count in forms.items()
        if count >= _SEVERAL and (count * 2 >= papers or form in sure)
    }
    written: dict[str, str] = {}
    changed: list[Line] = []
    for line, reference in zip(kept, references, strict=True):
        if reference and (reference.is_sure or reference.form in usual):
            parts = _in_parts(line, reference)
            written |= {parts[0].body: line.body} if len(parts) == 1 else {}
            changed += parts
        else:
            changed.append(line)
    return changed, written


def _in_parts(line: Line, reference: _ReferenceText) -> list[Line]:
    """An item with its title first; of a paragraph a line each for title, link and words."""
    text = without_lead(line.body)
    marks = line.body.removesuffix(text) if line.body.endswith(text) else ""
    head = f"{marks}**{reference.title}** ({reference.names})"
    said = " ".join(filter(None, (reference.lead, reference.said)))
    if line.kind == "item":
        body = " ".join(filter(None, (head, reference.link, said)))
        return [line._replace(body=body)]
    below = [part for part in (reference.link, said) if part]
    first = line._replace(body=head, text=head)
    return [first, *(line._replace(body=part, text=part, parted=False) for part in below)]


def _reference(line: Line, below: Line | None) -> _ReferenceText | None:
    """The reference that a line is, with its id, or above the line of its link."""
    if line.kind not in ("text", "item") or not _FEWEST <= len(line.body) <= _CHARACTERS:
        return None
    if not _MAY_PART.search(line.body):
        return None
    text = without_lead(without_symbol(line.body))
    linked = linked_text(text)
    if linked is None and not is_above_link(below):
        return None
    if not _may_be(linked.before if linked else text):
        return None
    if is_link_line(line.body) or fields_of_line(line.body) or _is_read(line.body):
        return None
    is_below_names = below is not None and names_of_line(below.body) is not None
    return None if is_below_names else _fitting(text, linked)


def _may_be(before: str) -> bool:
    """Whether a text has anything that tells a title from names; most lines have not."""
    text = markdown.unmarked(before)
    parted = ": " in text or _COMMA.search(text) or ("by" in text and _WROTE.search(text))
    return bool(parted or (_MARK.search(before) and _MARKED.search(before)))


def _fitting(text: str, linked: LinkInText | None) -> _ReferenceText | None:
    """The likeliest reference of a text; of one that is names and facts only `Lee, Kim: Title`."""
    is_signature = names_of_line(text) is not None
    if linked is None:
        references = [reference for reference in _plain(text, "", "") if reference.is_sure]
    elif linked.before.endswith("]") or _MARKED.match(linked.before):
        references = [*_said(linked)]
    else:
        references = [*_said(linked), *_plain(*linked)]
    fits = (each for each in references if each.form == "names: title" or not is_signature)
    return next(fits, None)


def _is_read(body: str) -> bool:
    """Whether a line is read rightly as it is: its head has authors, and a title of one script."""
    head = head_of_line(body)
    mixed = markdown.has_hangul(head.title or "") and "**" in body
    return bool(head.authors and not mixed and _title(head.title or ""))


def _plain(before: str, link: str, said: str) -> Iterator[_ReferenceText]:
    """The references that a text without marks may be, the likeliest first."""
    text = _TAIL.sub("", markdown.unmarked(before).rstrip(" ,;([<-–—|:")).strip()
    references = (*_colon(text), *_parts(text), *_spoken(text))
    yield from (reference._replace(link=link, said=said) for reference in references)


def _colon(text: str) -> Iterator[_ReferenceText]:
    """`Lee, Kim: Title`, `Lee et al. (2024): Title`."""
    before, colon, title = text.partition(": ")
    people = _YEAR.sub("", before)
    names = _names(people) if colon else None
    stated = _title(title) if names else None
    if names and stated:
        several = not names.complete or len(names.names) >= _SURE_NAMES
        sure = (_are_sure(names) and several) or people != before
        yield _ReferenceText(stated, people, "names: title", sure)


def _parts(text: str) -> Iterator[_ReferenceText]:
    """`Title, Lee, Kim`, `Title. Ann Lee.`"""
    for cut in [*_COMMA.finditer(text)][:_MOST_CUTS]:
        before, behind = text[: cut.start()], text[cut.end() :].strip(" .,;(")
        title = _title(before)
        names = _names(behind) if title else None
        if title and names:
            sure = _are_sure(names) or len(names.names) >= _SURE_FAMILIES
            yield _ReferenceText(title, behind, "title, names", sure)
            return
        people, behind_names = _names(before), _title(behind)
        if people and behind_names:
            yield _ReferenceText(behind_names, before, "names, title", not people.complete)
            return
        if title and cut[0][0] == "." and "," not in text and "." not in behind and is_name(behind):
            yield _ReferenceText(title, behind, "title. name", is_sure=True)
            return


def _spoken(text: str) -> Iterator[_ReferenceText]:
    """`Today I read Title by Ann Lee and Bo Kim`."""
    lead = _READ.match(text)
    said = text[lead.end() :] if lead else text
    for cut in _WROTE.finditer(said):
        people = said[cut.end() :].strip(_EDGES)
        if _names(people) and (title := _title(said[: cut.start()])):
            yield _ReferenceText(
                title, people, "said", True, text[: lead.end()].strip() if lead else ""
            )
            return


def _said(linked: LinkInText) -> Iterator[_ReferenceText]:
    """The references of titles that are marked among words, their authors beside them."""
    for match in _MARKED.finditer(linked.before):
        title = next(filter(None, match.groups()))
        of_names = next(_colon(title), None)
        if of_names:
            said = f"{linked.before[match.end() :].strip(BEHIND + '(')} {linked.said}".strip()
            yield of_names._replace(link=linked.link, said=said)
            return
        if not looks_like_title(title) or names_of(title):
            continue
        lead = linked.before[: match.start()].strip(' *_"“„«([')
        people = _people(linked.before[match.end() :], whole=not match["link"])
        said = linked.said
        if people is None and match["link"]:
            people = _people(said, whole=False)
            said = said.partition(people or "\n")[2].lstrip(BEHIND)
        if people:
            yield _ReferenceText(title, people, "said", True, lead, linked.link, said)


def _people(text: str, *, whole: bool) -> str | None:
    """The authors that a text begins with, behind a word or a mark that says so, as printed."""
    opened = text.lstrip(" ,*_")
    cut = _BY.match(opened)
    if not cut and not opened.startswith("("):
        people = opened.strip(_EDGES)
        return people if whole and _names(people) else None
    inner = opened[cut.end() :] if cut else opened[1:]
    if others := _OTHERS.search(inner[:_LOOKED_AT]):
        return inner[: others.end()].strip(_EDGES) if _names(inner[: others.end()]) else None
    end = _NAMES_END.search(inner)
    people = (inner[: end.start()] if end else inner).strip(_EDGES)
    if whole and end and inner[end.end() :].strip(_EDGES):
        return None
    return people if _names(people) or is_name(people) else None


def _names(text: str) -> AuthorList | None:
    """The names that a text is and nothing else: several, or one before `et al.`."""
    text = text.strip(_EDGES)
    names = names_of(f"{text}.") or names_of(text)
    alone = names and names.complete and len(names.names) == 1
    small = names and any(n[:1].islower() and not is_particle(n.split()[0]) for n in names.names)
    return None if names is None or names.after or alone or small else names


def _are_sure(names: AuthorList) -> bool:
    """Whether names can be nothing else: full ones, or before `et al.`."""
    return not names.complete or all(" " in name for name in names.names)


def _title(text: str) -> str | None:
    """The title that a text is, without the venue behind it; None where it is none."""
    text = _TAIL.sub("", text).strip(' ,;:-–—."“”„')
    fits = _WORDS_OF_TITLE <= len(text.split()) <= _MOST_WORDS and not text[:1].islower()
    whole = text.count("(") == text.count(")") and not _PARTED.search(text)
    if not fits or not whole or SENTENCE.search(text) or names_of(text) or speaks(text):
        return None
    signed = "," in text and any(map(is_name, text.split(", ")))
    return None if signed or is_section_name(text) or "://" in text or "\\" in text else text
