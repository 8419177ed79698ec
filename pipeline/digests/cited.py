"""Papers as bibliographies print them: who first, then the title in quotes, after a year, or bare.

A. Lee and B. Kim, "Slow Cooking," arXiv:2401.00011.     Lee, A., & Kim, B. (2024). Slow Cooking.
A. Lee et al. [ATLAS Collaboration], Slow Cooking, arXiv:2401.00011
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.digests.family_names import names_of
from pipeline.digests.marked_titles import marked_first
from pipeline.digests.names import SENTENCE, AuthorList, is_name, is_particle, names_in
from pipeline.digests.publication import VENUE
from pipeline.digests.reference_styles import begins_with_names, styled_reference
from pipeline.model.common_names import FAR_MORE, given_by_family
from pipeline.model.cut_lists import CUT

_OPENING = ('"', "“", "„", "「", "『", "«", "《")
_QUOTED = re.compile(r"[\"“„「『«《]\s?(?P<title>[^\"“”」』»》]{8,400}?)[,.]?\s?[\"“”」』»》]")
_FAMILY = (
    r"(?:(?:van|von|de|der|den|di|da|del|la|le|el|al|bin) ){0,2}[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
)
_STOP = re.compile(r"(?<=[^\W\d_]{2})\.\s+(?=\S)")
_MOST_STOPS = 6
_YEAR = re.compile(r"[(\[]?\b(?:19|20)\d\d[a-z]?[)\]]?[\s,.:]*$")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_BETWEEN = re.compile(r"(?:\.|,)?\s[(\[]?(?:19|20)\d\d[a-z]?[)\]]?[.:]\s+")
_SEVERAL = re.compile(r"\b(?:and|und|et|y|e)\s|[,;&、，]")
_TITLE_STOP = re.compile(
    r"(?<=[^\W\d_]{2})\.(?=\s|$)|(?<=[?!])(?=\s)|\s//\s|\s(?:arXiv:|https?://)"
)
_VERB = re.compile(r"^(?:[A-Z][a-zß-ÿ]+\s)(?=[A-Z])")
"""A word before the names: `Read Lee and Kim, "Slow Cooking"`."""
_ALONE = re.compile(
    r"(?!Title|Paper|Read|Source|Today|Abstract|The|See|In|Also|Finally|Next|Then|First|Now|Here|Again"
    r"|Yesterday|Later|Recently|Last|Tomorrow)"
    r"([A-ZÀ-ÞĀ-Ž][\w'’-]{1,30})(?:,|,? \((?:19|20)\d\d[a-z]?\),?)"
)
"""One family name before a title in quotes."""
_ID_AT_END = re.compile(r"(?:,? is|[:,])? (?:arXiv:)?\d{4}\.\d{4,5}(?:v\d\d?)?$")
_GROUP = re.compile(r"(?<!\s)\s?[\[(][^\[\]()]{3,80}\s(?:Collaborations?|Consortium|Team)[\])]")
_ID_BEHIND = re.compile(r"\barxiv\b|https?://|\d{4}\.\d{4,5}|[a-z-]{2,9}/\d{7}", re.IGNORECASE)
_MLA = re.compile(
    rf"(?P<family>{_FAMILY}), (?P<given>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*)(?:, (?P<more>.+))?"
)
_AFTER_NAMES = re.compile(
    rf"[.,]\s+(?=(?:In )?(?:{VENUE}|(?:19|20)\d\d(?!\d)))|\.\s"
    r"|(?:[.,]|(?<![\s.,]))\s*+(?:[\[(]|https?://)|$"
)
_COUNTED = re.compile(r"\[\d{1,4}\]\s+|\d{1,4}: ")
_BEHIND = 1_000
_WORDS, _MOST_WORDS = 3, 30


class PrintedReference(NamedTuple):
    """The title and the authors that a reference prints."""

    title: str
    authors: AuthorList | None


def cited_in(text: str) -> PrintedReference | None:
    """What a line prints that is a reference of one of these kinds; None for any other.

    >>> cited_in('A. Lee and B. Kim, "Slow Cooking of Models," 2024.').title
    'Slow Cooking of Models'
    """
    text = _COUNTED.sub("", text[:2000])
    begins_title = text.startswith(_OPENING) and marked_first(text) is None
    quoted = None if begins_title else _QUOTED.search(text)
    lead = _YEAR.sub("", text[: quoted.start()].strip(" *_,.:(")).strip(" ,.:") if quoted else ""
    styled = styled_reference(text)
    is_quoted = quoted and styled and styled.title == quoted["title"].strip(" .,")
    turned = styled.authors if styled and is_quoted else _family_first(lead)
    if quoted and turned:
        return PrintedReference(quoted["title"].strip(" .,"), turned)
    if quoted and len(quoted["title"].split()) >= _WORDS:
        return _quoted_in(text, quoted)
    if styled:
        return PrintedReference(styled.title, styled.authors) if styled.title else None
    several = names_of(lead) if quoted and _SEVERAL.search(lead) else None
    if quoted and several and not several.after:
        return _quoted_in(text, quoted)
    full = _before_year(text)
    if full:
        return full
    return _behind_cut_list(text) or _after_turned(text) or _after_names(text)


def is_signed(text: str) -> bool:
    """Whether a line has a year and begins with names as references do, or quotes a title."""
    if not _ANY_YEAR.search(text):
        return False
    if styled_reference(_COUNTED.sub("", text[:2000])) is not None:
        return True
    quoted = _QUOTED.search(text[:2000])
    cited = cited_in(text) if quoted and len(quoted["title"].split()) >= _WORDS else None
    return cited is not None and cited.authors is not None


def begins_signed(text: str) -> bool:
    """Whether a line begins with several names as references print them, which it may not end."""
    return begins_with_names(_COUNTED.sub("", text[:2000], count=1))


def untitled_in(text: str) -> AuthorList | None:
    """Who signed a reference that prints no title, and behind the names where it appeared."""
    styled = styled_reference(_COUNTED.sub("", text[:2000]))
    return styled.authors._replace(after=styled.rest) if styled and not styled.title else None


def one_name(lead: str) -> AuthorList | None:
    """The one family name that stands before a title: `Lee, `; None for other words."""
    alone = _ALONE.fullmatch(lead.strip())
    return AuthorList((alone[1],), True) if alone else None


def _before_year(text: str) -> PrintedReference | None:
    """The reference whose full names stand before its year: `Ann Lee and Bo Kim. 2024. Title.`."""
    year = _YEAR_BETWEEN.search(text[:_BEHIND])
    lead = text[: year.start()].strip(" ,.") if year else ""
    if year is None or not _SEVERAL.search(lead):
        return None
    names = _family_first(lead) or names_of(lead)
    if names is None or names.after or (names.complete and len(names.names) == 1):
        return None
    behind = text[year.end() :]
    stop = _TITLE_STOP.search(behind)
    title = (behind[: stop.start()] if stop else behind).strip(" .,")
    fits = _WORDS <= len(title.split()) <= _MOST_WORDS and not title[:1].islower()
    return PrintedReference(title, names) if fits else None


def _after_turned(text: str) -> PrintedReference | None:
    """The reference `Lee, Ann, Bo Kim, and Cy Ng. Slow Cooking of Models. 2024`."""
    for stop in [*_STOP.finditer(text[:_BEHIND])][:_MOST_STOPS]:
        names = _family_first(text[: stop.start()])
        if names is None or (names.complete and len(names.names) == 1):
            continue
        behind = text[stop.end() :]
        end = _AFTER_NAMES.search(behind)
        title = behind[: end.start()] if end else ""
        # A journal has its volume behind it, a title its full stop.
        fits = end is not None and end[0].startswith(".") and not re.match(VENUE, title)
        fits = fits and _WORDS <= len(title.split()) <= _MOST_WORDS and title[:1].isupper()
        return PrintedReference(title.strip(" .,"), names) if fits else None
    return None


def _behind_cut_list(text: str) -> PrintedReference | None:
    """The reference whose title follows `et al.`: `Lee et al., Slow Cooking of Models, 2024`."""
    cut = CUT.search(text[:_BEHIND])
    names = names_of(text[: cut.end()].strip(" ,").lstrip("0123456789. ")) if cut else None
    if cut is None or names is None or names.after:
        return None
    behind = text[cut.end() :].lstrip(" ,:.")
    title = behind[: end.start()] if (end := _AFTER_NAMES.search(behind)) else behind
    printed = _ID_AT_END.search(title)
    title = title[: printed.start()] if printed else title
    # With its id a title may be a word: `GPT-3, is 2005.14165`.
    fewest = 1 if printed else _WORDS
    fits = fewest <= len(title.split()) <= _MOST_WORDS and title[:1].isupper()
    fits = fits and not re.match(VENUE, title) and not names_of(title)
    return PrintedReference(title.strip(" .,"), names) if fits else None


def _family_first(lead: str) -> AuthorList | None:
    """The authors of `Lee, Ann, Bo Kim, and Cy Ng` or `Lee, Ann, et al`: the first is turned."""
    match = _MLA.fullmatch(lead)
    if not match or _are_two_people(match["family"], match["given"]):
        return None
    first, more = f"{match['given']} {match['family']}", match["more"] or ""
    if not more or more.strip(" .") == "et al":
        return AuthorList((first,), not more)
    one = more.removeprefix("and ")
    others = names_in(more) or (AuthorList((one,), True) if is_name(one) else None)
    return AuthorList((first, *others.names), others.complete) if others else None


def _are_two_people(before: str, behind: str) -> bool:
    """Whether names at a comma are full ones: `Ann Lee, Bo Kim`, not `Garcia Lorca, Ana Maria`."""
    words = before.split()
    full = len(words) > 1 and not is_particle(words[0]) and is_name(behind)
    turned = 0 < given_by_family(words[0]) * FAR_MORE < 1
    turned = turned and given_by_family(behind.split(maxsplit=1)[0]) > FAR_MORE
    return full and not behind.endswith(".") and not turned


def _after_names(text: str) -> PrintedReference | None:
    """The reference that begins with full names, its title behind them: `A Lee, B Kim, Title`."""
    names = names_in(text)
    # A name with its family first is turned, and does not stand in the line as it is.
    if not names or not names.after or names.names[-1] not in text:
        return None
    behind = text.partition(names.names[-1])[2].lstrip(" ,:.")
    title = behind[: end.start()] if (end := _AFTER_NAMES.search(behind)) else behind
    printed = _ID_AT_END.search(title)
    title = title[: printed.start()] if printed else title
    # With its id a title may be a word: `GPT-3, is 2005.14165`.
    fewest = 1 if printed else _WORDS
    fits = fewest <= len(title.split()) <= _MOST_WORDS and title[:1].isupper()
    fits = fits and not re.match(VENUE, title)
    return PrintedReference(title.strip(" .,"), names) if fits else None


def _quoted_in(text: str, quoted: re.Match[str]) -> PrintedReference | None:
    """A title in quotes with who is named before it, or behind it up to its id."""
    title = quoted["title"].strip(" .,")
    lead = _GROUP.sub("", text[: quoted.start()]).strip(" (")
    without_year = _YEAR.sub("", lead).strip(" ,.:")
    said = [without_year, _VERB.sub("", without_year)]
    labelled, _, behind_label = without_year.rpartition(": ")
    said += [] if SENTENCE.search(labelled) else [behind_label]
    alone = _ALONE.fullmatch(lead)
    if alone:
        return PrintedReference(title, AuthorList((alone[1],), True))
    names = next(filter(None, map(names_of, said)), None)
    sure = names and (
        len(names.names) > 1 or not names.complete or lead.endswith((",", ":", ")", "."))
    )
    if names and sure and not names.after:
        return PrintedReference(title, names)
    behind = _ID_BEHIND.split(text[quoted.end() : quoted.end() + _BEHIND].strip(" ,("), maxsplit=1)
    names = names_of(behind[0].strip(" ,(.")) if len(behind) > 1 else None
    fits = names or _is_lead(lead.strip(" ,.:"))
    return PrintedReference(title, names) if fits else None


def _is_lead(before: str) -> bool:
    """Whether what stands before a quoted title is a link, an id or a word or two."""
    words = [word for word in before.split() if "://" not in word and not re.search(r"\d{4}", word)]
    return len(words) <= _WORDS
