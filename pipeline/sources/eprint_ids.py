r"""The arXiv ids and DOIs that one item of a bibliography prints, in whatever style.

A bare number is an id only where arXiv is named before it, a category after it, or where it has
the five digits that nothing else has. Typing errors with one mending are mended: a lost hyphen
(`hepth/9711200`), a lost or added zero, the archive after the number (`9711200 [hep-th]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model.ids import normal_arxiv_id, printed_ids

_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas "
    "cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin "
    "nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con"
).split()
_HYPHENATED = {name.replace("-", ""): name for name in _ARCHIVES}
_ARCHIVE = "(?:" + "|".join(a.replace("-", "[-_ ]{0,2}") for a in sorted(_ARCHIVES)[::-1]) + ")"
_CLASS = rf"{_ARCHIVE}(?:\.[A-Za-z-]{{2,15}})?"
_NEW = r"(?P<new>\d{4}\.\d{4,5})(?:v\d{1,2})?"
_GAP = r"[\s:;,.()\[\]#/=_-]{0,5}"
_BETWEEN = (
    r"(?:(?:preprints?|e-?prints?|article|art|no|number|id|identifier|paper|abs|pdf|cs|math|stat"
    rf"|corr|arxiv)\b{_GAP})"
)
_NAMED = rf"(?:\b(?:arxiv|corr\b){_GAP}{_BETWEEN}{{0,4}}|(?<![\w./-])abs/{{1,2}})"
"""What names arXiv before a number that lost its dot."""
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"\b(?:arxiv|corr|e-?print|preprint)s?(?:\.org)?{_GAP}{_BETWEEN}{{0,4}}{_NEW}(?!\d)",
        rf"(?<![\w./-])abs/{{1,2}}{_NEW}(?!\d)",
        r"arxiv\.org/(?:ftp|ps|ps_cache)/(?:arxiv/)?(?:papers|pdf)/\d{4}/" + _NEW,
        rf"(?<![\w./-]){_NEW}\s?[\[(]\s?(?:{_CLASS}|stat|eess|econ|q-fin)(?:\.[A-Z]{{2}})?\s?[\])]",
        r"\[\s?(?P<new>\d{4}\.\d{4})(?:v\d{1,2})?\s?\]",
        rf"(?<![\w./-])(?:abs/)?(?P<archive>{_CLASS})\s?/\s?(?P<number>\d{{7}})(?:v\d{{1,2}})?(?!\d)",
        rf"(?:lanl\.gov|arxiv\.org)/(?:abs|pdf|ps|format)/(?P<archive>{_CLASS})/(?P<number>\d{{7}})",
        rf"\barxiv\s?:?\s?(?P<archive>{_CLASS})[\s:]{{1,2}}(?P<number>\d{{7}})(?!\d)",
        rf"\barxiv\s?:?\s?(?P<number>\d{{7}})(?:v\d)?\s?[\[(]\s?(?P<archive>{_CLASS})\s?[\])]",
        _NAMED + r"(?P<month>\d{4})(?P<digits>\d{4,5})(?:v\d{1,2})?(?!\d)",
        r"(?P<bibcode>20\d\darxiv(?P<month>\d{4})\.?(?P<digits>\d{4,5})[A-Z])(?![A-Za-z0-9])",
    )
)
_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s\"{}|\\^`]{1,300}", re.ASCII)
_NEXT = re.compile(
    r"[,;](?=10\.|https?:|doi|arxiv)|arxiv:|https?://|[?#&](?=[a-z_]+=)|%20", re.IGNORECASE
)
_DOI_TAIL = re.compile(
    r"(?:/(?:full|abstract|fulltext|e?pdf|meta|html|pdf/.*|full\.pdf|issuetoc|references))$|(?:\.full)?\.pdf$",
    re.IGNORECASE,
)
_MARKS = (
    (re.compile(r"\\(?:penalty|hskip|hspace|kern|vskip)\s?-?[\d.]{0,8}\s?(?:em|pt|ex|cm)?\s?"), ""),
    (re.compile(r"\\(?:relax|allowbreak|discretionary|nolinebreak|/|-)(?![A-Za-z])\s?"), ""),
    (re.compile(r"\\showeprint\s{0,2}\[arxiv\]\s{0,2}\{", re.IGNORECASE), "{arXiv:"),
    (
        re.compile(
            r"\\(?:e-?print|arxiv|arxivid|archive|eprintarxiv|eprintno|eprintid)\s{0,2}"
            r"(?:\[[^\][]{0,30}\]\s{0,2})?\{(?=\s{0,2}(?:\d{4}\.\d|[a-z-]{2,9}(?:\.[A-Za-z-]{2,9})?/\d))",
            re.IGNORECASE,
        ),
        "{arXiv:",
    ),
    (re.compile(r"\\textunderscore(?:\s?\{\}|(?![A-Za-z])\s?)|\\_"), "_"),
    (re.compile(r"\\(?:textless|lt)(?:\{\}|(?![A-Za-z])\s?)|\$<\$"), "<"),
    (re.compile(r"\\(?:textgreater|gt)(?:\{\}|(?![A-Za-z])\s?)|\$>\$"), ">"),
    (re.compile(r"\\slash(?:\{\}|(?![A-Za-z])\s?)|%2F", re.IGNORECASE), "/"),
    (re.compile(r"\\([%&#$~])"), r"\1"),
    (re.compile(r"\}\s{0,20}\{|\\[A-Za-z@]{1,40}\*?\s?|~|\\\\|\\[ ,;:!]"), " "),
    (re.compile(r"[{}$\\]"), ""),
    (re.compile(r"[‐‑–]"), "-"),
    (re.compile(r"\s{1,200}"), " "),
)
# What stands before the id of another work than the item's own.
_RELATED = re.compile(
    r"see also|see e\.?g\.?|also in|erratum|errata|corrigendum|addendum|comment on|reply to"
    r"|supersede|extended version|full version|earlier version|previous version|preliminary version"
    r"|extend|based on|companion|translat|follow-?up|supplement|data (?:set )?at|code at|cf\."
)
_WORK_WORDS = re.compile(
    r"https?://\S{0,300}|arxiv|e-?prints?|preprint|available|online|doi|also|erratum|ibid|see"
    r"|published|version|accessed|[a-z-]{2,9}\]",
    re.IGNORECASE,
)


class PrintedWork(NamedTuple):
    """The ids that an item prints of one work; `mended` where a typing error was."""

    arxiv_id: str | None
    doi: str | None
    mended: bool


class _WorkId(NamedTuple):
    start: int
    end: int
    arxiv_id: str | None
    doi: str | None
    mended: bool
    related: bool = False


def printed_works(tex: str) -> list[PrintedWork]:
    """The works that an item names by id, its own first; one for each part between semicolons.

    Of several arXiv ids of one part, the first is the item's own, if nothing like "see also"
    or "erratum" stands before it; so it is with DOIs. A part after a semicolon is another work
    if it has words of its own, and no more than another id of the same work if it has none.
    """
    text = _flat(tex)
    works: dict[tuple[str | None, str | None], PrintedWork] = {}
    for part in _parts(text, _found(text)):
        own_ids = [printed_id for printed_id in part if not printed_id.related] or (
            part if not works else []
        )
        first_id = next((printed_id for printed_id in own_ids if printed_id.arxiv_id), None)
        first_doi = next((printed_id for printed_id in own_ids if printed_id.doi), None)
        if first_id or first_doi:
            arxiv_id = first_id.arxiv_id if first_id else None
            doi = first_doi.doi if first_doi else None
            mended = bool(first_id and first_id.mended)
            works.setdefault((arxiv_id, doi), PrintedWork(arxiv_id, doi, mended))
    return list(works.values())


def without_ids(tex: str) -> str:
    """An item as flat text with its links, DOIs and arXiv ids blanked: what a year is told from."""
    text = _flat(tex)
    return re.sub(r"https?://\S+", " ", _masked(text, _found(text)))


def _flat(tex: str) -> str:
    """TeX as one line in which ids stand as they are printed."""
    for mark, printed in _MARKS:
        tex = mark.sub(printed, tex)
    return tex


def _found(text: str) -> list[_WorkId]:
    """The ids and DOIs of a flat text, in order, none within another."""
    dois = list(_dois(text))
    every = sorted(
        [*dois, *_ids(_masked(text, dois))],
        key=lambda printed_id: (printed_id.start, -printed_id.end),
    )
    outermost: list[_WorkId] = []
    end = last_end = 0
    for printed_id in every:
        if printed_id.start >= end:
            words_before = text[max(last_end, printed_id.start - 60) : printed_id.start].lower()
            outermost.append(printed_id._replace(related=_RELATED.search(words_before) is not None))
            last_end = end = printed_id.end
    return outermost


def _masked(text: str, spans: list[_WorkId]) -> str:
    for span in spans:
        text = f"{text[: span.start]}{'|' * (span.end - span.start)}{text[span.end :]}"
    return text


def _dois(text: str) -> Iterator[_WorkId]:
    for match in _DOI.finditer(text):
        doi = match[0]
        glued = _NEXT.search(doi)
        doi = _trimmed(doi[: glued.start()] if glued else doi)
        doi = _trimmed(_DOI_TAIL.sub("", doi))
        length = len(doi)
        # TeX prints `--` as one dash, and some styles write each hyphen so.
        doi = doi.replace("--", "-")
        if not normal_arxiv_id(doi) and not doi.endswith("/") and len(doi) > 8:
            yield _WorkId(match.start(), match.start() + length, None, doi.lower(), mended=False)


def _trimmed(doi: str) -> str:
    """A DOI without the punctuation of the sentence around it."""
    while doi:
        pair = {")": "(", "]": "[", ">": "<"}.get(doi[-1])
        if doi[-1] not in ".,;:'*" and (pair is None or doi.count(pair) >= doi.count(doi[-1])):
            return doi
        doi = doi[:-1]
    return doi


def _ids(text: str) -> Iterator[_WorkId]:
    for printed in printed_ids(text):
        link = text[printed.start : printed.end]
        # In a bibliography a number in the link of another site is no id.
        if not printed.arxiv_id.isascii() or (
            link.startswith("http") and normal_arxiv_id(link) is None
        ):
            continue
        yield _WorkId(printed.start, printed.end, printed.arxiv_id, None, mended=False)
    for form in _FORMS:
        for match in form.finditer(text):
            arxiv_id, mended = _normal(match)
            if arxiv_id:
                yield _WorkId(match.start(), match.end(), arxiv_id, None, mended)


def _normal(match: re.Match[str]) -> tuple[str | None, bool]:
    groups = match.groupdict()
    if groups.get("number"):
        written = groups["archive"].partition(".")[0].lower()
        archive = _HYPHENATED.get(re.sub(r"[-_ ]", "", written), "")
        arxiv_id = normal_arxiv_id(f"{archive}/{groups['number']}")
        return arxiv_id, f"{archive}/{groups['number']}" not in _lower_without_class(match[0])
    # Where the dot is lost, another digit that is too few or too many is no one's guess.
    if "digits" in groups and "bibcode" not in groups:
        return normal_arxiv_id(f"{groups['month']}.{groups['digits']}"), True
    number = groups.get("new") or f"{groups['month']}.{groups['digits']}"
    arxiv_id = normal_arxiv_id(number)
    if arxiv_id:
        return arxiv_id, "digits" in groups and "bibcode" not in groups
    month, _, digits = number.partition(".")
    if len(digits) == 4:
        return normal_arxiv_id(f"{month}.0{digits}"), True
    return (normal_arxiv_id(f"{month}.{digits[1:]}") if digits[0] == "0" else None), True


def _lower_without_class(text: str) -> str:
    return re.sub(r"\.[a-z-]{2,15}/", "/", text.lower())


def _parts(text: str, ids_in_text: list[_WorkId]) -> Iterator[list[_WorkId]]:
    """The ids in groups: a new one where, after a semicolon, words of another work begin."""
    group: list[_WorkId] = []
    end = 0
    for printed_id in ids_in_text:
        between = text[end : printed_id.start].partition(";")
        words = _WORK_WORDS.sub(" ", between[2])
        if group and len(re.findall(r"[^\W\d_]", words)) >= 8:
            yield group
            group = []
        group.append(printed_id)
        end = printed_id.end
    if group:
        yield group
