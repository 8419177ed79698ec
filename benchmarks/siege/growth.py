"""Patterns and readers on texts that repeat one thing: does their time grow with the text alone?"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pipeline
from pipeline.build.long_work import uncollected
from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Format, InputFile

CHARACTERS = 600
A_FEW = (32, 64, 128)
AT_ONCE_S = 0.004
"""So few characters take less on any machine, unless it grows by a share with each of them."""
SUSPECT_S = 0.0004
"""A search in proportion to its text takes a tenth of it, unless the machine is busy."""
TIMES = 4
TRIALS = 8
"""So often is tried what seems slow, before it is called so."""
MOST_GROWTH = TIMES**1.5
"""How much longer a text of so many times the length may take; a quadratic search takes 16."""
READ_CHARACTERS = (5_000, 20_000, 80_000)
SUSPECT_READ_S = 0.0075
MOST_READ_GROWTH = TIMES**1.3
UNITS = (
    *("a", "0", " ", "\n", "\t", "a ", " \n", "a\n", ".", "a. ", "a, ", ",", "-", "- a\n", "("),
    *(")", "()", "(a", "[", "]", "[[", "[a](", "](", "{", "}", "{a", "\\", "\\a{", "\\abc", "$"),
    *("$a", "#", "#a ", "# a\n", "*", "**", "_", "_a", "`", "```\n", "|", "|a", "| - ", "---", "<"),
    *("<a", "<a>", "</", "<!--", "&", "&amp;", "=", "a=", "a = {", "@a{", "%", '"', "'", "https://a/"),
    *("2401.00001 ", "2401.", "10.1000/", "논문", "논문 ", "、", "。", "é", "̣́", "A. ", "Aa ", "A"),
    *("a: b\n", "::", ":a:", "> ", "+", "~", "^", "and ", " et al", "\\newblock ", "TY  - "),
    "\ufeff",
)  # fmt: skip
BEFORE = ("", "$", "[", "(", '"', "\\", "a")
MARKUPS = (
    "<html><h1>[a](https://arxiv.org/abs/2401.00001)</h1>",
    "\\documentclass{a}\n\\newcommand{\\a}[1]{\\b{#1}#1}\n",
)
"""How texts begin that are first turned into Markdown, with what their markup is made of."""
MARKUP_UNITS = (
    "a ",
    "\n",
    "<a>",
    "<p>",
    "</",
    "&amp;",
    "{",
    "}",
    "\\",
    "\\a{",
    "\\item ",
    "$a",
    "%",
)
AT_ONE_PLACE = {"match", "fullmatch"}
FIRST_PLACES = "first places"
"""Not a method: a match at the first place and one at the next."""
CALLED = r"\b{}\s*\.\s*(match|fullmatch|search|finditer|findall|split|subn?)\b"


def patterns() -> Iterator[tuple[str, re.Pattern[str], list[str]]]:
    """Every compiled pattern of text that a module holds: its name and how the module uses it.

    What several modules hold alike is told once for each way it is used.
    """
    told = set[tuple[str, int, tuple[str, ...]]]()
    for found in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                use = uses(module, name)
                if (value.pattern, value.flags, tuple(use)) not in told:
                    yield f"{module.__name__}.{name}", value, use
                told.add((value.pattern, value.flags, tuple(use)))


def uses(module: ModuleType, name: str) -> list[str]:
    """The methods of a pattern that tell how far it looks; anywhere, where that is not known."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    called = set(re.findall(CALLED.format(name), source))
    return sorted(called) if called and called <= AT_ONE_PLACE else ["finditer"]


def searches(methods: list[str]) -> Iterator[tuple[str, str, str]]:
    """How a pattern is tried: a method, what its text begins with, and what is repeated then.

    What a text begins with is new to a match that begins there or looks back at it. Farther on a
    search sees what it sees without that, and is tried on it once.
    """
    for use in methods:
        for before in BEFORE:
            way = FIRST_PLACES if before and use not in AT_ONE_PLACE else use
            for unit in UNITS:
                yield way, before, unit


def took_s(pattern: re.Pattern[str], use: str, text: str) -> float:
    """Processor seconds for all that a pattern finds in a text."""
    begun = time.process_time()
    if use == FIRST_PLACES:
        pattern.match(text)
        pattern.match(text, 1)
        return time.process_time() - begun
    found = getattr(pattern, use)(text)
    for _ in found if use == "finditer" else ():
        pass
    return time.process_time() - begun


@cache
def texts(before: str, unit: str) -> list[str]:
    """Texts of a repeated unit: a few short ones, a long one, a longer one and the longest."""
    sizes = (*A_FEW, CHARACTERS, TIMES * CHARACTERS, TIMES * TIMES * CHARACTERS)
    return [f"{before}{unit * (size // len(unit))}\x00" for size in sizes]


def slow_each_time(pattern: re.Pattern[str], use: str, text: str, most_s: float) -> bool:
    """Whether a search is never quick, however often: a machine that halts is so now and then."""
    spent_s = took_s(pattern, use, text)
    if spent_s > 100 * most_s:
        return True
    return spent_s > most_s and all(took_s(pattern, use, text) > most_s for _ in range(TRIALS))


def growth(pattern: re.Pattern[str], use: str, before: str, unit: str) -> float:
    """How many times as long a text of so many times the length takes; 0 where it is quick.

    What grows too much is asked again with texts of so many times both lengths, as a pause of the
    machine, and a search that looks a fixed way ahead, do not go on.
    """
    *few, text, longer, longest = texts(before, unit)
    if any(slow_each_time(pattern, use, each, AT_ONCE_S) for each in few):
        return float("inf")
    if not slow_each_time(pattern, use, text, SUSPECT_S):
        return 0
    times = _times(pattern, use, text, longer, TRIALS)
    return min(times, _times(pattern, use, longer, longest, 3)) if times > MOST_GROWTH else times


def _times(pattern: re.Pattern[str], use: str, text: str, longer: str, trials: int) -> float:
    """How many times as long the longer text takes: in turns, and the quickest of each counts."""
    took = [(took_s(pattern, use, text), took_s(pattern, use, longer)) for _ in range(trials)]
    once_s, longer_s = (min(each) for each in zip(*took, strict=True))
    return longer_s / once_s


def slow_patterns() -> Iterator[str | None]:
    """For each pattern None, or on what it takes longer than in proportion to it."""
    for name, pattern, methods in patterns():
        tried = (
            (growth(pattern, use, before, unit), before, unit)
            for use, before, unit in searches(methods)
        )
        slow = (f"{name} on {b!r} and {u!r}: {g:g} times" for g, b, u in tried if g > MOST_GROWTH)
        yield next(slow, None)


def slow_readers() -> Iterator[str | None]:
    """For each format and markup None, or on what reading takes longer than in proportion to it."""
    readers = [(format_, "", UNITS) for format_ in FORMATS]
    markups = [(FORMATS[-1], markup, MARKUP_UNITS) for markup in MARKUPS]
    for format_, before, units in [*readers, *markups]:
        slow = (
            f"{format_.name} on {before!r} and {u!r}: {g:g} times"
            for u in units
            if (g := reading(format_, u, before))
        )
        yield next(slow, None)


def reading(format_: Format, unit: str, before: str = "") -> float:
    """How many times as long four times the text takes to read; 0 where it is in proportion.

    What is out of proportion once, as a longer text is read in another way, is asked again.
    """
    if read_s(format_, unit, READ_CHARACTERS[0], before) < SUSPECT_READ_S:
        return 0
    for shorter, longer in pairwise(READ_CHARACTERS):
        for _ in range(TRIALS):
            times = read_s(format_, unit, longer, before) / read_s(format_, unit, shorter, before)
            if times <= MOST_READ_GROWTH:
                return 0
    return times


def read_s(format_: Format, unit: str, size: int, before: str = "") -> float:
    """Processor seconds for reading so many characters of a repeated unit by one format."""
    data = (before + unit * (size // len(unit))).encode()
    # Collecting what refers to itself takes as long as all is that this process holds.
    with uncollected():
        begun = time.process_time()
        for _ in entries([InputFile("notes", lambda: iter([data]))], [format_]):
            pass
        return time.process_time() - begun
