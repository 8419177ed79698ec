r"""The bibliography of a source: which file has it, and its items as they are written.

The `.bbl` of the main file, for that is what was printed; else `thebibliography` within the
TeX; else the entries of the `.bib` files that are cited.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.sources.eprint_unpacking import TexFile

ITEMS = 3_000
ITEM_CHARACTERS = 6_000
RECORD_CHARACTERS = 60_000
LIST_CHARACTERS = 1_500_000
BibliographyKind = Literal["bibitem", "biblatex", "bibtex"]

# A `%` in a link is no comment; neither is one after a backslash.
_COMMENT = re.compile(
    r"(?P<kept>\\(?:url|href|path|nolinkurl|burl|doi)\s{0,3}\{[^{}]{0,600}\}|\\verb [^\n]*|\\[\\%])"
    r"|%[^\n]*(?:\n[ \t]*|$)",
    re.DOTALL,
)
_BROKEN_LINE = re.compile(r"%[ \t]*\n[ \t]*")
_BLOCKS = (("\\iffalse", "\\fi"), ("\\begin{comment}", "\\end{comment}"))
_MAIN = re.compile(r"(?:^|\n)[ \t]*\\document(?:class|style)\b")
_LIST = re.compile(r"\\begin\s*\{thebibliography\}")
_BIBITEM = re.compile(r"\\bibitem(?:declare\s*\{[^{}]*\})?(?![A-Za-z@])")
_HARVARD = re.compile(
    r"\\harvarditem\s{0,3}(?:\[[^\][]{0,300}\]\s{0,3})?\{((?:[^{}]|\{[^{}]{0,100}\}){0,300})\}"
    r"\s{0,3}\{([^{}]{0,20})\}\s{0,3}\{"
)
_ENTRY = re.compile(r"\\entry\s*\{([^{}]{1,300})\}")
_FIELD = re.compile(r"\\(?:field|strng)\s?\{([a-z]{1,30})\}\s?\{")
_VERB = re.compile(r"\\verb\s?\{[a-z]{1,30}\}\s*\\verb [^\n]{1,1000}")
_LONG_FIELDS = ("abstract", "annotation", "keywords")
_FIRST_NAMES = 1_500
_AMSREFS = re.compile(r"\\bib\*?\s*\{([^{}]{1,300})\}\s*\{([A-Za-z]{1,30})\}\s*\{")
_CITE = re.compile(
    r"\\[A-Za-z]{0,20}[cC]ite[A-Za-z]{0,20}\*?\s{0,3}(?:\[[^\][]{0,300}\]\s{0,3}){0,2}"
    r"\{([^{}]{1,5000})\}"
)
_BIB_ENTRY = re.compile(
    r"^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[{(][ \t]*([^\s,{}()]{1,300})[ \t]*,", re.MULTILINE
)
_LONG_VALUE = re.compile(
    r"^[ \t]{0,20}(?:(author)|[a-z-]{1,30})[ \t]{0,20}=\s{0,9}\{", re.IGNORECASE | re.MULTILINE
)
_KEY = re.compile(r"\{([^{}]{1,300})\}")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


class Bibliography(NamedTuple):
    """The items of a reference list as written, and whether that is all of them.

    `records` holds, for each item, what a `.bib` file beside it has under its key; else nothing.
    """

    kind: BibliographyKind
    items: tuple[str, ...]
    whole: bool
    records: tuple[str | None, ...] = ()


def bibliography(files: Sequence[TexFile]) -> Bibliography | None:
    """The reference list of a source; None where it has none."""
    tex = [file for file in files if file.kind == ".tex"]
    mains = {file.stem for file in tex if _MAIN.search(file.text)}
    printed = [file for file in files if file.kind == ".bbl"]
    for lists in (_lists(printed, mains), _lists(tex, mains)):
        best = max(lists, key=lambda listed: len(listed.items), default=None)
        if best:
            return best._replace(records=_records_of(best, files))
    return _cited(files)


def _records_of(printed: Bibliography, files: Sequence[TexFile]) -> tuple[str | None, ...]:
    """What the `.bib` files have under the keys of printed items, which may lack titles and ids."""
    if printed.kind != "bibitem":
        return ()
    keys = [_key_of(item) for item in printed.items]
    entry_of_key = _recorded(files, list(filter(None, keys)))
    return tuple(entry_of_key.get(key or "") for key in keys) if entry_of_key else ()


def _key_of(item: str) -> str | None:
    r"""The key of a `\bibitem`, behind its label in brackets, which may nest."""
    rest = item.lstrip()
    if rest.startswith("["):
        depth = 0
        for position, sign in enumerate(rest):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign, 0)
            if depth == 0:
                rest = rest[position + 1 :].lstrip()
                break
    key = _KEY.match(rest)
    return key[1].strip() if key else None


def without_comments(text: str) -> str:
    """TeX without its comments and the blocks that are switched off."""
    for begin, end in _BLOCKS:
        text = "".join(_outside(text, begin, end))
    return _COMMENT.sub(_kept, text)


def _kept(match: re.Match[str]) -> str:
    """What stays of a comment, or of what looks like one: a link stays, but is joined up again."""
    link_text: str = match["kept"] or ""
    return _BROKEN_LINE.sub("", link_text) if "\n" in link_text else link_text


def _outside(text: str, begin: str, end: str) -> Iterator[str]:
    position = 0
    while (start := text.find(begin, position)) >= 0:
        stop = text.find(end, start)
        if stop < 0:
            break
        yield text[position:start]
        position = stop + len(end)
    yield text[position:]


def _lists(files: Iterable[TexFile], mains: set[str]) -> list[Bibliography]:
    """The lists in files that belong to a main file; in any file where none belongs to one."""
    lists_by_file = [(file.stem in mains, _printed(file.text)) for file in files]
    filled = [(is_of_main, listed) for is_of_main, listed in lists_by_file if listed]
    return [listed for is_of_main, listed in filled if is_of_main] or [
        listed for _, listed in filled
    ]


def _printed(text: str) -> Bibliography | None:
    if "\\entry" in text and "\\endentry" in text:
        return _within_bounds("biblatex", _entries(without_comments(text)))
    if "\\harvarditem" in text:
        text = _HARVARD.sub(r"\\bibitem[\1(\2)]{", text)
    if "\\bibitem" in text:
        return _within_bounds("bibitem", _bibitems(without_comments(text)))
    if "\\bib" in text:
        return _within_bounds("bibtex", _amsrefs(without_comments(text)))
    return None


def _within_bounds(kind: BibliographyKind, items: Iterable[str]) -> Bibliography | None:
    every = list(dict.fromkeys(item.strip() for item in items if item.strip()))
    items_taken: list[str] = []
    characters_left = LIST_CHARACTERS
    for item in every[:ITEMS]:
        items_taken.append(item[:ITEM_CHARACTERS])
        characters_left -= len(items_taken[-1])
        if characters_left < 0:
            break
    return (
        Bibliography(kind, tuple(items_taken), len(every) == len(items_taken))
        if items_taken
        else None
    )


def _bibitems(text: str) -> Iterator[str]:
    parts = _LIST.split(text)
    for part in parts[1:] or parts:
        inside = part.partition("\\end{thebibliography}")[0]
        yield from _BIBITEM.split(inside)[1:]


def _entries(text: str) -> Iterator[str]:
    # Each way of sorting lists every entry again.
    seen = set()
    for part in text.split("\\endentry")[:-1]:
        starts = list(_ENTRY.finditer(part))
        if starts and starts[-1][1] not in seen:
            seen.add(starts[-1][1])
            yield _shortened(part[starts[-1].start() :])


def _shortened(entry: str) -> str:
    """An entry of biblatex without the names of very many authors, and its abstract."""
    if len(entry) <= ITEM_CHARACTERS:
        return entry
    fields = (
        f"{match[0]}{_braced(entry, match.end() - 1)}}}"
        for match in _FIELD.finditer(entry)
        if match[1] not in _LONG_FIELDS
    )
    return "\n".join((entry[:_FIRST_NAMES], *fields, *(m[0] for m in _VERB.finditer(entry))))


def _amsrefs(text: str) -> Iterator[str]:
    for match in _AMSREFS.finditer(text):
        inside = _braced(text, match.end() - 1)
        if inside and "=" in inside:
            yield f"@{match[2]}{{{match[1]},{inside}}}"


def _cited(files: Sequence[TexFile]) -> Bibliography | None:
    keys: dict[str, None] = {}
    for file in files:
        if file.kind == ".tex":
            for match in _CITE.finditer(without_comments(file.text)):
                keys.update(dict.fromkeys(key.strip() for key in match[1].split(",")))
    entries = _recorded(files, list(keys))
    cited = list(entries) if "*" in keys else [key for key in keys if key in entries]
    printed = _within_bounds("bibtex", (entries[key] for key in cited))
    whole = all(key in entries for key in keys if key not in ("", "*"))
    return printed and printed._replace(whole=printed.whole and whole)


def _recorded(files: Iterable[TexFile], keys: Sequence[str]) -> dict[str, str]:
    """What the `.bib` files have under these keys; all that they have where `*` is one.

    As for BibTeX, capitals are no difference, but where another key is the same with them.
    """
    folded = {key.casefold() for key in keys}
    exact: dict[str, str] = {}
    alike: dict[str, str] = {}
    for file in files:
        if file.kind == ".bib":
            for key, entry in _bib_entries(file.text, folded):
                exact.setdefault(key, entry)
                alike.setdefault(key.casefold(), entry)
    if "*" in folded:
        return exact
    found = ((key, exact.get(key) or alike.get(key.casefold())) for key in keys)
    return {key: entry for key, entry in found if entry}


def _bib_entries(text: str, wanted: Container[str]) -> Iterator[tuple[str, str]]:
    """The keys and entries of a `.bib` file whose keys in small letters are `wanted`."""
    matches = list(_BIB_ENTRY.finditer(text))
    ends = [*(match.start() for match in matches), len(text)][1:]
    for match, end in zip(matches, ends, strict=True):
        if match[2].casefold() in wanted or "*" in wanted:
            entry = text[match.start() : min(end, match.start() + RECORD_CHARACTERS)]
            yield match[2], _shortened_record(entry)


def _shortened_record(entry: str) -> str:
    """An entry of a `.bib` file without the names of very many authors, and its abstract."""
    if len(entry) <= ITEM_CHARACTERS:
        return entry
    kept, position = [], 0
    for match in _LONG_VALUE.finditer(entry):
        inside = _braced(entry, match.end() - 1, RECORD_CHARACTERS)
        if inside and match.start() >= position and len(inside) > _FIRST_NAMES:
            names = inside[:_FIRST_NAMES].rpartition(" and ")[0] if match[1] else ""
            kept.append(f"{entry[position : match.end()]}{names}}}")
            position = match.end() + len(inside) + 1
    return "".join((*kept, entry[position:]))[:ITEM_CHARACTERS]


def _braced(text: str, start: int, within: int = ITEM_CHARACTERS) -> str | None:
    """What stands within the brace that opens at `start`; None where it is not closed."""
    depth = 0
    for match in _BRACE.finditer(text, start, start + within):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return text[start + 1 : match.start()]
    return None
