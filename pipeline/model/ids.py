"""arXiv ids: finding them in text, and the one form in which everything else holds them.

`arxiv_id` is the id without its version, always a string: `2409.01524`, `hep-th/9901001`.
The rules are arXiv's own: https://info.arxiv.org/help/arxiv_identifier.html
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import NamedTuple

from pipeline.model.seen_lines import of_seen_lines

ARXIV_ID = "arxiv_id"
"""The source of what an id says by itself: the month in which it was given."""

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin"
    "|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_NEW = r"(?P<new>[0-9]{4}\.[0-9]{4,5})"
_OLD = rf"(?P<archive>{_ARCHIVES})(?:\.[A-Za-z-]{{2,}})?/(?P<number>[0-9]{{7}})"
_VERSION = r"(?P<version>v[1-9][0-9]{0,2})?"
_STEPS = r"/(?:[\w.:~-]{0,40}/){0,5}"
_SITES = (
    r"(?:[a-z0-9-]+\.)?(?:arxiv\.org|ar5iv\.labs\.arxiv\.org|ar5iv\.org|alphaxiv\.org|xxx\.lanl\.gov"
    r"|arxiv-vanity\.com|semanticscholar\.org|papers\.cool|scirate\.com|connectedpapers\.com"
    r"|paperswithcode\.com|huggingface\.co|hf\.co|inspirehep\.net|emergentmind\.com|catalyzex\.com)"
)
_PREFIX = (
    rf"(?:https?://)?{_SITES}{_STEPS}(?:arxiv[:.])?"
    r"|(?:https?://)?(?:dx\.)?(?:doi\.org/)?10\.48550/arxiv\."
    r"|arxiv\s?:\s?(?:abs/)?|abs/"
)
_CATEGORY = r"(?:\s?\[[a-z-]{2,9}(?:\.[A-Za-z-]{2,20})?\])?"
"""The stamp at the margin of a paper: `arXiv:2305.18290v6 [cs.CL]`."""

_PRINTED = re.compile(
    rf"(?<![\w@.-])(?:{_PREFIX})(?:{_NEW}(?!\d)|{_OLD}(?![\d/])){_VERSION}(?!\d){_CATEGORY}",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"https?://arxiv\.org/(?:abs|pdf)/(?P<new>[0-9]{4}\.[0-9]{5})(?P<version>v[1-9])?"
)
"""What most lines with an id are, or have in their words."""
_SIGN_OF_ID = re.compile(r"[\d/:\[]")
"""What every other id has, and a link before this one, and the category behind it."""
_BARE = re.compile(
    r"(?<![A-Za-z0-9_.,/:$€£-])(?P<new>[0-9]{4}\.[0-9]{5})(?P<version>v[1-9][0-9]?)?"
    r"(?![A-Za-z0-9_%]|\.\d)"
)
_WITHIN_LINK = re.compile(
    r"(?:(?<=[/=:])|(?<=%2F)|(?<=%3A))(?P<new>[0-9]{4}\.[0-9]{5})(?P<version>v[1-9][0-9]?)?"
    r"(?![A-Za-z0-9_%]|\.\d)",
    re.IGNORECASE,
)
_BARE_OLD = re.compile(rf"(?<![\w./:-]){_OLD}{_VERSION}(?![\w/])")
_LINK_BEFORE = re.compile(r"[a-z]{0,6}https?://[^\s<>\"'()\[\]{}]{1,500}\Z", re.IGNORECASE)
_DOI_BEFORE = re.compile(r"/10\.\d{4,9}/")
_BIBCODE = re.compile(r"\b(?:19|20)\d\darXiv(?P<month>\d{4})\.?(?P<serial>\d{4,5})[A-Z]\b")
_ID_IN_NAME = re.compile(
    r"(?<![\d.])(?P<new>\d{4}\.\d{4,5})(?:v\d{1,2})?(?![\d])"
    r"|(?<![a-z])(?P<archive>[a-z-]{2,9})[_-]?(?P<number>\d{7})(?:v\d)?(?!\d)"
)
_FOUR_DIGITS = re.compile(r"\d\d\d\d")
"""Every id has them; it is seen sooner than whether a text has an id."""
_DIGITS = re.compile(r"\d{4}\.?\d{4}|/\d{7}")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_NUMERIC = re.compile(r"([0-9]{3,4})(?:\.([0-9]{1,24}))?")
_WHOLE = re.compile(
    rf"(?:{_PREFIX})?(?:{_NEW}|{_OLD}){_VERSION}(?:(?:\.pdf)?/?(?:[?#]\S*)?|{_CATEGORY})",
    re.IGNORECASE,
)


class PrintedId(NamedTuple):
    """An arXiv id printed in a text: where (`start` to `end`), the id, and its version or None."""

    start: int
    end: int
    arxiv_id: str
    version: int | None


def printed_ids(text: str) -> Iterator[PrintedId]:
    """The arXiv ids that a text prints, in order: links of any form, DOIs, `arXiv:...`, bare ids.

    A bare number counts only in the five-digit form (`2409.01524`) or as an old one
    (`hep-th/9901001`), never as part of a price, a percentage or a longer number; so does one that
    is a part of a link to any place, but not of a DOI. The bibcodes of ADS (`2024arXiv240902326W`)
    count. Ids of impossible months are passed over.
    """
    return iter(_printed_ids(text))


def has_four_digits(text: str) -> bool:
    """Whether a text has four digits one after another, without which it prints no id."""
    return _FOUR_DIGITS.search(text) is not None


@of_seen_lines(2_048)
def _printed_ids(text: str) -> tuple[PrintedId, ...]:
    if not _FOUR_DIGITS.search(text) or not _DIGITS.search(text):
        return ()
    if _holds_links_alone(text):
        return tuple(_ids_matching(_LINK, text))
    every = [
        *_ids_matching(_PRINTED, text),
        *_ids_matching(_BARE, text),
        *_within_links(text),
        *_bibcodes(text),
    ]
    every += _ids_matching(_BARE_OLD, text) if "/" in text else ()
    end, apart = 0, list[PrintedId]()
    # Where a bare id lies within a link, the link stands first and reaches beyond it.
    for printed_id in sorted(every, key=lambda f: (f.start, -f.end)):
        if printed_id.start >= end:
            apart.append(printed_id)
            end = printed_id.end
    return tuple(apart)


def normal_arxiv_id(text: str) -> str | None:
    """The versionless id that `text` as a whole is, in whatever form; None if it is none."""
    match = _WHOLE.fullmatch(text.strip())
    return _normal(match) if match else None


def id_of_name(name: str) -> str | None:
    """The arXiv id that a file's name holds, as `2409.02326v1.pdf` and `hep-th9901001.pdf` do."""
    for match in _ID_IN_NAME.finditer(note_name(name)):
        arxiv_id = normal_arxiv_id(match["new"] or f"{match['archive']}/{match['number']}")
        if arxiv_id:
            return arxiv_id
    return None


def arxiv_id_of_attachment(item: Mapping[str, object]) -> str | None:
    """The arXiv id that the file of an attachment of Zotero is named by, or was taken from.

    >>> arxiv_id_of_attachment({"path": "storage:2409.02326v1.pdf"})
    '2409.02326'
    """
    in_names = (id_of_name(str(item.get(name) or "")) for name in ("filename", "path", "title"))
    in_link = (printed.arxiv_id for printed in printed_ids(str(item.get("url") or "")[:2_000]))
    return next(filter(None, chain(in_names, in_link)), None)


def repaired_arxiv_id(value: object) -> str | None:
    """The id that a number once was: zeros and rounding undone; None where that cannot be.

    A year and month lose the zero before them, a number within the month those behind it, and
    what is left carries the noise of a float.

    >>> repaired_arxiv_id(911.3083), repaired_arxiv_id("1711.0510100000001")
    ('0911.3083', '1711.05101')
    """
    numeric = _NUMERIC.fullmatch(str(value).strip())
    if not numeric or isinstance(value, bool):
        return None
    month, number = numeric[1].zfill(4), numeric[2] or ""
    digits = 5 if int(month) >= 1501 else 4
    if len(number) > 6:
        number = f"{float('0.' + number):.{digits}f}".partition(".")[2]
    return normal_arxiv_id(f"{month}.{number.ljust(digits, '0')}")


def normal_orcid(value: object) -> str | None:
    """`orcid:0000-...` of an ORCID in any form; None if there is none.

    >>> normal_orcid("https://orcid.org/0000-0002-1825-0097")
    'orcid:0000-0002-1825-0097'
    """
    match = _ORCID.search(value) if isinstance(value, str) else None
    return f"orcid:{match[0]}" if match else None


def month_of(arxiv_id: str) -> int:
    """The month of an id, counted from year 0 (`2409.01524` is 2024 * 12 + 8).

    Two-digit years from 91 on belong to the 1990s, as arXiv began in 1991.
    """
    digits = arxiv_id.rsplit("/", 1)[-1]
    year, month = int(digits[:2]), int(digits[2:4])
    return (1900 + year if year >= 91 else 2000 + year) * 12 + month - 1


def earliest_day(arxiv_id: str) -> date:
    """The first day of the month of an id: what the id alone says of when it was published.

    >>> earliest_day("1412.6980"), earliest_day("hep-th/9901001")
    (datetime.date(2014, 12, 1), datetime.date(1999, 1, 1))
    """
    year, month = divmod(month_of(arxiv_id), 12)
    return date(year, month + 1, 1)


def published_key(arxiv_id: str, doi: str) -> str:
    """An arXiv id with the DOI of its published version, as one key.

    >>> published_key("2409.01524", "10.1162/TACL_a_1")
    '2409.01524 10.1162/tacl_a_1'
    """
    return f"{arxiv_id} {doi.casefold()}"


def note_name(file: str) -> str:
    """What a note is called in `[[links]]`: its file's name without folder, suffix and case.

    >>> note_name("vault/2023/230529 DPO.md") == note_name("230529 dpo")
    True
    """
    name = file.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    return name.removesuffix(".md").strip().casefold()


def work_id(title_key: str, author_key: str, year: int | None) -> str:
    """The id of a work without arXiv id and DOI, from its folded title and first family name."""
    return f"work:{short_hash(title_key, author_key, year or '')}"


def short_hash(*parts: object) -> str:
    """Twelve hexadecimal digits that stand for `parts`, the same on every machine."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:12]


def _holds_links_alone(text: str) -> bool:
    """Whether all that can be an id in a text are links of one kind, and nothing belongs to one."""
    parts = _LINK.split(text)[:: _LINK.groups + 1]
    if len(parts) < 2 or _SIGN_OF_ID.search("".join(parts)):
        return False
    before = [parts[0][-1:] or " ", *(part[-1:] for part in parts[1:-1])]
    behind = [part[:1] for part in parts[1:]]
    is_apart = all(sign == "(" or sign.isspace() for sign in before)
    return is_apart and not any(sign.isalnum() or sign in ("_", "%") for sign in behind)


def _within_links(text: str) -> Iterator[PrintedId]:
    for printed_id in _ids_matching(_WITHIN_LINK, text):
        link = _LINK_BEFORE.search(text, max(0, printed_id.start - 520), printed_id.start)
        if link and not _DOI_BEFORE.search(link[0]):
            yield printed_id._replace(start=link.start())


def _bibcodes(text: str) -> Iterator[PrintedId]:
    for match in _BIBCODE.finditer(text) if "arXiv" in text else ():
        arxiv_id = normal_arxiv_id(f"{match['month']}.{match['serial']}")
        if arxiv_id:
            yield PrintedId(match.start(), match.end(), arxiv_id, None)


def _ids_matching(pattern: re.Pattern[str], text: str) -> Iterator[PrintedId]:
    for match in pattern.finditer(text):
        arxiv_id = _normal(match)
        if arxiv_id:
            version = match["version"]
            yield PrintedId(
                match.start(), match.end(), arxiv_id, int(version[1:]) if version else None
            )


def _normal(match: re.Match[str]) -> str | None:
    groups = match.re.groupindex
    new = match["new"] if "new" in groups else None
    archive, number = match.group("archive", "number") if "number" in groups else (None, None)
    digits = new or number or ""
    serial = digits[5:] if new else digits[4:]
    # Months have twelve numbers, and their papers are counted from 1.
    if not 1 <= int(digits[2:4]) <= 12 or not int(serial):
        return None
    if new:
        # Numbers have five digits since January 2015, four before.
        return new if (len(new) == 10) == (int(new[:4]) >= 1501) and new >= "0704" else None
    return f"{(archive or '').lower()}/{number}"
