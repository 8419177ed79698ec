"""What the reader sets by hand: the overrides file, as a run reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pipeline.model.errors import OverridesError
from pipeline.model.identities import PersonRule
from pipeline.model.ids import normal_arxiv_id, normal_orcid
from pipeline.model.records import Override
from pipeline.settings.paths import real_path
from pipeline.settings.toml_file import text_and_content

OVERRIDES_NAME = "overrides.toml"
NOT_ON_ARXIV = "not on arXiv"
IS_NO_PAPER = "no paper"
_KEYS = {"title", "file", "line", "arxiv_id", "rejected"}
_EXAMPLE = (
    'Write [[entry]] with title (or file and line) and arxiv_id = "...", '
    f'"{NOT_ON_ARXIV}" or "{IS_NO_PAPER}"'
)
_EXAMPLE_PERSON = 'Write [[person]] with name = "..." and papers = ["arXiv id", ...]'
_EXAMPLE_REJECTED = 'Write rejected = ["...", ...], the arXiv ids that the entry is not'


def overrides_paths(asked: Path | None, inputs: Iterable[Path]) -> list[Path]:
    """The overrides files of a run: the one asked for, else those beside the inputs and here.

    Raises OverridesError where the file asked for does not exist.
    """
    if asked:
        if not asked.is_file():
            raise OverridesError(asked, None, "no such file. Give --overrides a file that exists.")
        return [asked]
    folders = [Path(), *(path if path.is_dir() else path.parent for path in inputs)]
    by_real_path = {
        real_path(folder / OVERRIDES_NAME): folder / OVERRIDES_NAME
        for folder in folders
        if (folder / OVERRIDES_NAME).is_file()
    }
    return [by_real_path[path] for path in sorted(by_real_path)]


def read_overrides(path: Path) -> tuple[Override, ...]:
    """What the entries are that the `[[entry]]` tables of a file name, in its order.

    Each names an entry and gives it an arXiv id, "not on arXiv" or "no paper", or ids that it is
    not (`rejected`), or both. An entry that is not on arXiv needs no rejected ids. Raises
    OverridesError, with the line where it can be known, for anything else in the file than such
    tables and those of `read_person_rules`.
    """
    return tuple(_override(path, line, table) for line, table in _tables(path, "entry"))


def read_person_rules(path: Path) -> tuple[PersonRule, ...]:
    """Who signed as the `[[person]]` tables of a file say, in its order.

    Each gives the names of one person (`name`, and others in `also`), which papers they signed
    (`papers`; left out: all that are so signed) and their ORCID if known. Raises as
    `read_overrides`.
    """
    return tuple(_person_rule(path, line, table) for line, table in _tables(path, "person"))


def headers(lines: Iterable[str], name: str = "") -> list[int]:
    """The lines, from 0, that begin a table of a list: of the list of that name, else of any."""
    header = re.compile(rf"\s*\[\[\s*{name}")
    return [index for index, line in enumerate(lines) if header.match(line)]


def toml_string(text: str) -> str:
    r"""A TOML string. What would not show, or would move the cursor, is written `\U0000001b`.

    https://toml.io/en/v1.0.0#string
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    shown = (c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped)
    return f'"{"".join(shown)}"'


def _tables(path: Path, name: str) -> list[tuple[int | None, object]]:
    """The tables of one list of the file, with the line of each where that is certain."""
    text, content = text_and_content(path, OverridesError, f"{_EXAMPLE}.")
    tables = content.get(name, [])
    if set(content) - {"entry", "person"} or not isinstance(tables, list):
        problem = f"only [[entry]] and [[person]] tables belong here. {_EXAMPLE}."
        raise OverridesError(path, None, problem)
    lines = [number + 1 for number in headers(text.split("\n"), name)]
    places = lines if len(lines) == len(tables) else [None] * len(tables)
    return list(zip(places, tables, strict=True))


def _person_rule(path: Path, at: int | None, table: object) -> PersonRule:
    if not isinstance(table, dict) or set(table) - {"name", "also", "papers", "orcid"}:
        raise OverridesError(path, at, f"this person cannot be used. {_EXAMPLE_PERSON}.")
    name, also, papers = table.get("name"), table.get("also", []), table.get("papers")
    orcid = table.get("orcid")
    if not isinstance(name, str) or not name.strip() or not _are_texts(also):
        raise OverridesError(path, at, f"this person has no name. {_EXAMPLE_PERSON}.")
    if papers is not None and (not papers or not _are_texts(papers)):
        raise OverridesError(path, at, f"papers is no list of papers. {_EXAMPLE_PERSON}.")
    if orcid is not None and normal_orcid(orcid) is None:
        raise OverridesError(path, at, f"{orcid!r} is no ORCID. {_EXAMPLE_PERSON}.")
    return PersonRule(
        names=(name, *also),
        papers=None if papers is None else tuple(map(_paper_id, papers)),
        orcid=None if orcid is None else normal_orcid(orcid),
        place=f"{path}:{at}" if at else str(path),
    )


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)


def _paper_id(printed: str) -> str:
    """The id of a paper in the graph: an arXiv id in any form, or the graph's own."""
    arxiv_id = normal_arxiv_id(printed)
    return f"arxiv:{arxiv_id}" if arxiv_id else printed.strip()


def _override(path: Path, at: int | None, entry: object) -> Override:
    if not isinstance(entry, dict):
        raise OverridesError(path, at, f"this entry is no table. {_EXAMPLE}.")
    title, file, line, printed = (entry.get(key) for key in ("title", "file", "line", "arxiv_id"))
    by_title = isinstance(title, str) and file is None and line is None
    by_place = isinstance(file, str) and type(line) is int and title is None
    rejected = _rejected(path, at, entry.get("rejected", []))
    decides = isinstance(printed, str) or (printed is None and rejected)
    if set(entry) - _KEYS or not (by_title or by_place) or not decides:
        raise OverridesError(path, at, f"this entry cannot be used. {_EXAMPLE}.")
    arxiv_id = normal_arxiv_id(printed or "")
    is_paper = (printed or "").casefold() != IS_NO_PAPER
    absent = not is_paper or (printed or "").casefold() == NOT_ON_ARXIV.casefold()
    if printed is not None and arxiv_id is None and not absent:
        raise OverridesError(path, at, f'"{printed}" is no arXiv id. {_EXAMPLE}.')
    if arxiv_id in rejected:
        problem = f"{arxiv_id} is both the arxiv_id and among the rejected. Take it out of one."
        raise OverridesError(path, at, problem)
    place = f"{path}:{at}" if at else str(path)
    return Override(title, file, line, arxiv_id, place, () if absent else rejected, is_paper)


def _rejected(path: Path, at: int | None, printed: object) -> tuple[str, ...]:
    if not isinstance(printed, list):
        raise OverridesError(path, at, f"rejected is no list. {_EXAMPLE_REJECTED}.")
    rejected: dict[str, None] = {}
    for text in printed:
        arxiv_id = normal_arxiv_id(text) if isinstance(text, str) else None
        if arxiv_id is None:
            problem = f"{text!r} among the rejected is no arXiv id in quotes. {_EXAMPLE_REJECTED}."
            raise OverridesError(path, at, problem)
        rejected[arxiv_id] = None
    return tuple(rejected)
