"""What the reader says of tags by hand: the tags file, and how spellings fold to one tag."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.model.errors import UsageError
from pipeline.model.identities import Suggestion
from pipeline.model.unicode_forms import nfkc
from pipeline.settings.overrides import toml_string
from pipeline.settings.paths import real_path
from pipeline.settings.toml_file import text_and_content

TAGS_NAME = "tags.toml"
DEFAULT_META = ("news", "review", "off-topic")
TABLES = ("alias", "broader", "relates_to")
_EXAMPLE = 'Write [alias] with lm = "language-model", [broader] with llm = ["language-model"]'
_META_EXAMPLE = 'Write meta = ["news", "review"] above the first [table]'
_TAGS_ADVICE = "Put tags that are not plain a-z, 0-9, - and _ in quotes."
_JOINTS = re.compile(r"[\s_‐‑–-]+")
_HEADER = re.compile(r"\s*\[\s*([\w-]+|\"[^\"]*\"|'[^']*')\s*\]")
_KEY = re.compile(r"""\s*+("(?:\\.|[^"\\])*"|'[^']*'|[\w-]+)\s*=""")


class TagsFileError(UsageError):
    """The tags file cannot be used. `path` and `line` (from 1; None: whole file) say where."""

    def __init__(self, path: Path, line: int | None, what: str) -> None:
        self.path = path
        self.line = line
        self.what = what
        super().__init__(f"{path}:{line}: {what}" if line else f"{path}: {what}")


@dataclass(frozen=True, slots=True)
class TagRules:
    """What tags files say, by folded tag. No alias is left among what `aliases` leads to.

    `spellings` are those of the files, in their order, of aliases too; `broader` and `related`
    hold no alias; nothing is broader than itself by any way around.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meta: frozenset[str] = frozenset()

    def tag_of(self, spelling: str) -> str:
        """The folded tag that a spelling means."""
        folded = folded_tag(spelling)
        return self.aliases.get(folded, folded)


class _Statement(NamedTuple):
    """One line of a file: of which table, the tag before the sign, one tag behind it."""

    table: str
    tag: str
    other: str
    path: Path
    line: int | None


@lru_cache(maxsize=65536)
def folded_tag(spelling: str) -> str:
    """What the spellings of one tag share: no case, no hyphens, underscores or spaces.

    A tag of nothing but those is itself. Folding twice is folding once.

    >>> folded_tag("object_detection") == folded_tag("Object-Detection")
    True
    """
    return "".join(tag_words(spelling)) or spelling


@lru_cache(maxsize=65536)
def tag_words(spelling: str) -> tuple[str, ...]:
    """The words of a tag, in lower case, NFKC.

    >>> tag_words("Long_Context")
    ('long', 'context')
    """
    plain = spelling
    # Some letters fold to others that fold once more.
    for _ in range(3):
        plain = nfkc(nfkc(plain).casefold())
    words = tuple(word for word in _JOINTS.split(plain) if word)
    joined = "".join(words)
    # A joint can keep an accent from its letter: without it they are one, and no word ends there.
    return words if unicodedata.is_normalized("NFKC", joined) else tag_words(joined)


def tags_paths(inputs: Iterable[Path]) -> list[Path]:
    """The tags files of a run: those beside the inputs and in the working folder, by path."""
    folders = [Path(), *(path if path.is_dir() else path.parent for path in inputs)]
    files = [folder / TAGS_NAME for folder in folders if (folder / TAGS_NAME).is_file()]
    by_real_path = {real_path(file): file for file in files}
    return [by_real_path[path] for path in sorted(by_real_path)]


def tag_rules(paths: Iterable[Path]) -> TagRules:
    """What the tags files say together. `meta` is `DEFAULT_META` where no file has it.

    Raises TagsFileError, with the line where it can be known, for anything but TOML of the tables
    `alias`, `broader` and `relates_to` and the list `meta`; for a tag with two meanings; and for
    a tag that is, by some way around, an alias of itself or broader than itself.
    """
    statements: list[_Statement] = []
    meta: list[str] | None = None
    for path in paths:
        text, content = text_and_content(path, TagsFileError, _TAGS_ADVICE)
        lines = _key_lines(text)
        listed = content.pop("meta", None)
        if listed is not None:
            meta = [*(meta or []), *_tags(path, lines.get(("", "meta")), listed, _META_EXAMPLE)]
        statements += _statements(path, content, lines)
    aliases = _aliases([statement for statement in statements if statement.table == "alias"])
    written_spellings = [
        spelling for statement in statements for spelling in (statement.tag, statement.other)
    ]
    spellings: dict[str, dict[str, None]] = {}
    for spelling in written_spellings:
        spellings.setdefault(folded_tag(spelling), {})[spelling] = None
    marked = map(folded_tag, DEFAULT_META if meta is None else meta)
    return TagRules(
        aliases=aliases,
        spellings={tag: tuple(written) for tag, written in spellings.items()},
        broader=_relation("broader", statements, aliases),
        related=_relation("relates_to", statements, aliases),
        meta=frozenset(aliases.get(tag, tag) for tag in marked),
    )


def toml_lines(suggestions: Iterable[Suggestion]) -> Iterator[str]:
    """Suggestions as the lines of a tags file: each in a comment of its own, with the reason.

    A tag has one line that counts: where a second is suggested, it is a comment.
    """
    yield "# Put those lines that you agree with under [alias] in tags.toml."
    yield "[alias]"
    alias_of: dict[str, str] = {}
    for kind, tag, other, reason in suggestions:
        led = _last(folded_tag(other), alias_of)
        free = folded_tag(tag) not in alias_of and led != folded_tag(tag)
        if free:
            alias_of[folded_tag(tag)] = led
        line = f"{toml_string(tag)} = {toml_string(other)}"
        yield f"{'' if free else '# '}{line}  # {kind}: {_shown(reason)}"


def _shown(reason: str) -> str:
    return "".join(c if c.isprintable() else " " for c in reason)


def _key_lines(text: str) -> dict[tuple[str, str], int]:
    """The line of each key by its table ("" above the first)."""
    lines: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = header[1].strip("\"'")
            lines.setdefault(("", table), number)
        elif key:
            lines.setdefault((table, _unquoted(key[1])), number)
            if table and key[1] == "meta":
                lines[table, "bare meta"] = number
    return lines


def _unquoted(key: str) -> str:
    try:
        return next(iter(tomllib.loads(f"{key} = 0")))
    except tomllib.TOMLDecodeError:
        return key


def _statements(
    path: Path, content: Mapping[str, Any], lines: Mapping[tuple[str, str], int]
) -> Iterator[_Statement]:
    for table, rows in content.items():
        if table not in TABLES or not isinstance(rows, dict):
            problem = f"{table!r} is none of the tables {', '.join(TABLES)}. {_EXAMPLE}."
            raise TagsFileError(path, lines.get(("", table)), problem)
        misplaced = lines.get((table, "bare meta"))
        if misplaced:
            problem = f'here meta would be a tag. {_META_EXAMPLE}; the tag is "meta", in quotes.'
            raise TagsFileError(path, misplaced, problem)
        for key, value in rows.items():
            line = lines.get((table, key))
            if not isinstance(value, str) and (table == "alias" or not isinstance(value, list)):
                raise TagsFileError(path, line, f"{key} cannot be used. {_EXAMPLE}.")
            (tag,) = _tags(path, line, [key], _EXAMPLE)
            others = [value] if isinstance(value, str) else value
            for other in _tags(path, line, others, _EXAMPLE):
                yield _Statement(table, tag, other, path, line)


def _tags(path: Path, line: int | None, listed: object, example: str) -> list[str]:
    items = listed if isinstance(listed, list) else [None]
    tags = [tag.strip().lstrip("#＃") if isinstance(tag, str) else "" for tag in items]
    if not all(tags):
        raise TagsFileError(path, line, f"{listed!r} is not all tags in quotes. {example}.")
    return tags


def _aliases(statements: Iterable[_Statement]) -> dict[str, str]:
    targets: dict[str, _Statement] = {}
    for statement in statements:
        alias, target = folded_tag(statement.tag), folded_tag(statement.other)
        former = targets.setdefault(alias, statement)
        if folded_tag(former.other) != target:
            place = f"{former.path}:{former.line}" if former.line else f"{former.path}"
            problem = f"{statement.tag} is an alias of {former.other} already ({place})."
            problem += " Keep one of them."
            raise TagsFileError(statement.path, statement.line, problem)
    # An alias that folds to its own tag only says how the tag is written.
    alias_graph = {
        alias: {folded_tag(statement.other): statement}
        for alias, statement in targets.items()
        if folded_tag(statement.other) != alias
    }
    _check_acyclic(alias_graph, "an alias of")
    led = {alias: next(iter(target)) for alias, target in alias_graph.items()}
    return {alias: _last(alias, led) for alias in led}


def _last(alias: str, led: Mapping[str, str]) -> str:
    while alias in led:
        alias = led[alias]
    return alias


def _relation(
    table: str, statements: Sequence[_Statement], aliases: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    others_of: dict[str, dict[str, _Statement]] = {}
    for statement in statements:
        if statement.table == table:
            tag, other = (
                aliases.get(t, t) for t in map(folded_tag, (statement.tag, statement.other))
            )
            others_of.setdefault(tag, {}).setdefault(other, statement)
            if tag == other:
                problem = (
                    f"{statement.tag} and {statement.other} are one tag. Take one of them out."
                )
                raise TagsFileError(statement.path, statement.line, problem)
    if table == "broader":
        _check_acyclic(others_of, "narrower than")
    return {tag: tuple(others) for tag, others in others_of.items()}


def _check_acyclic(statement_of: Mapping[str, Mapping[str, _Statement]], relation: str) -> None:
    try:
        TopologicalSorter(statement_of).prepare()
    except CycleError as error:
        cycle = error.args[1][::-1]
        steps = [statement_of[tag][other] for tag, other in pairwise(cycle)]
        last = max(steps, key=lambda statement: (str(statement.path), statement.line or 0))
        start = steps.index(last)
        chain = [statement.tag for statement in (*steps[start:], *steps[:start])]
        around = f" is {relation} ".join([*chain, chain[0]])
        raise TagsFileError(last.path, last.line, f"{around}. Take one of them out.") from None
