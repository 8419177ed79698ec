"""The macros that a LaTeX text defines itself, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_DEFINITION = re.compile(
    r"\\(?:re|provide)?newcommand\*?\s*\{?\s*\\(?P<name>[A-Za-z]+)\s*\}?\s*(?:\[(?P<count>\d)\])?\s*"
    r"(?P<optional>\[[^\[\]]{0,100}\])?\s*(?=\{)"
    r"|\\(?:DeclareRobustCommand|providecommand|renewcommand)\*?\s*\{?\s*\\(?P<name2>[A-Za-z]+)\s*\}?"
    r"\s*(?:\[(?P<count2>\d)\])?\s*(?=\{)"
    r"|\\def\s*\\(?P<name3>[A-Za-z]+)\s*(?P<parameters>(?:#\d)*)\s*(?=\{)"
)
OPTION = re.compile(r"\s*\[([^\[\]]{0,500})\]")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_MOST_ARGUMENT = 5_000
_MOST_BODY = 500


class Macro(NamedTuple):
    """What a macro stands for: its arguments are `#1`, `#2` in it, the first may have a value."""

    arguments: int
    optional: str | None
    body: str


class Braced:
    """A text with where each of its braces is closed."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._ends: dict[int, int] = {}
        opened: list[int] = []
        for match in _BRACES.finditer(source):
            if match[0] == "{":
                opened.append(match.start())
            elif match[0] == "}" and opened:
                self._ends[opened.pop()] = match.start()

    def argument(self, position: int) -> tuple[str, int]:
        """What stands in the braces that open at a place, and where they end; blank if nowhere."""
        end = self._ends.get(position)
        if end is None or end - position > _MOST_ARGUMENT:
            return "", position + 1
        return self.source[position + 1 : end], end + 1


def macros_of(braced: Braced) -> dict[str, Macro]:
    """The macros that a text defines, by name."""
    macros: dict[str, Macro] = {}
    for match in _DEFINITION.finditer(braced.source):
        body, _ = braced.argument(match.end())
        name = match["name"] or match["name2"] or match["name3"]
        count = match["count"] or match["count2"] or len(match["parameters"] or "") // 2
        if len(body) <= _MOST_BODY:
            optional = match["optional"][1:-1] if match["optional"] else None
            macros[name] = Macro(int(count), optional, " ".join(body.split()))
    return macros


def without_definitions(braced: Braced) -> str:
    """The text without the macros that it defines; its lines stay as many."""
    parts, position = [], 0
    for match in _DEFINITION.finditer(braced.source):
        if match.start() >= position:
            _, end = braced.argument(match.end())
            gap = "\n" * braced.source.count("\n", match.start(), end)
            parts += [braced.source[position : match.start()], gap]
            position = end
    return "".join([*parts, braced.source[position:]])


def expanded(source: str, macros: Mapping[str, Macro]) -> str:
    """The text with its own macros put in, twice over: a macro may stand for another."""
    names = "|".join(sorted(map(re.escape, macros), key=len, reverse=True))
    if not names:
        return source
    form = re.compile(rf"\\(?:{names})(?![A-Za-z])[ \t]*")
    for _ in range(2):
        braced = Braced(source)
        most = 4 * len(source) + 10_000
        parts, position, size = [], 0, 0
        while size < most and (match := form.search(source, position)):
            put, end = _put(braced, match, macros[match[0].strip()[1:]])
            parts += [source[position : match.start()], put]
            size += len(put)
            position = end
        source = "".join([*parts, source[position:]])
    return source


def _put(braced: Braced, match: re.Match[str], macro: Macro) -> tuple[str, int]:
    """What a macro stands for, with its arguments and their line ends, and where they end."""
    source, position, values = braced.source, match.end(), []
    if macro.optional is not None:
        option = OPTION.match(source, position)
        values.append(option[1] if option else macro.optional)
        position = option.end() if option else position
    while len(values) < macro.arguments and source[position : position + 1] == "{":
        value, position = braced.argument(position)
        values.append(" ".join(value.split()))
    put = re.sub(
        r"#(\d)",
        lambda m: values[int(m[1]) - 1] if 0 < int(m[1]) <= len(values) else "",
        macro.body,
    )
    return put + "\n" * source.count("\n", match.start(), position), position
