"""What in a folder is not to be read: by `--exclude`, `.digestignore`, Obsidian, as a copy."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pathspec import GitIgnoreSpec

from pipeline.model.errors import UsageError
from pipeline.model.records import Skip
from pipeline.settings.paths import real_path

IGNORE_NAME = ".digestignore"
OPTION = "--exclude"
OBSIDIAN = "Obsidian's excluded files"
LOGSEQ = "Logseq, which keeps backups there"
COPIES = "your editor, which keeps copies there"
MOST_BYTES = 1 << 20
"""Of an ignore file, or of Obsidian's settings. No such file that a person wrote is larger."""

# What repeats within a repeated group takes a time that doubles with each letter.
_ENDLESS = re.compile(r"[+*}][^()+*}]*\)+\s*[+*{]")
_APP = Path(".obsidian", "app.json")
_LOGSEQ = Path("logseq", "config.edn")
_COPY = re.compile(r".+~|#.+#|~\$.+")
"""What Emacs, Vim and Word call the copies that they keep beside a file."""


class Layer(NamedTuple):
    """What is said in `folder` of the paths below it, by whom.

    `ignores` takes a path relative to the folder, which ends with a slash if it is a folder, and
    gives None where it says nothing of it.
    """

    folder: str
    said_by: str
    ignores: Callable[[str], bool | None]


Layers = tuple[Layer, ...]


def excluded(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether patterns as in a `.gitignore` name a path, or a folder above it.

    Raises UsageError for the first that is no pattern. https://git-scm.com/docs/gitignore

    >>> fits = excluded(["drafts/", "*.tmp"])
    >>> fits("a/drafts/b.md"), fits("drafts"), fits("b.tmp")
    (True, False, True)
    """
    for pattern in patterns:
        try:
            GitIgnoreSpec.from_lines([pattern])
        except ValueError:
            raise UsageError(
                f'{OPTION}: "{pattern}" is no pattern. Write one as in a .gitignore file, '
                'such as "drafts/" or "*.tmp.md".'
            ) from None
    spec = GitIgnoreSpec.from_lines(patterns)
    return lambda path: bool(spec.check_file(path).include)


def _is_logseq(folder: Path) -> bool:
    try:
        return (folder / _LOGSEQ).is_file()
    except OSError:  # The name is too long.
        return False


def _seen_from(folder: str, path: Path) -> str:
    """A path relative to a folder, which is mostly one above it."""
    whole = str(path)
    below = whole.removeprefix(f"{folder}/")
    return below if below != whole else os.path.relpath(whole, folder)


def _is_copy(path: str) -> bool | None:
    """Whether a path is the copy of a file that an editor keeps; a folder is none."""
    return _COPY.fullmatch(path.rpartition("/")[2]) is not None or None


class Ignored:
    """What is ignored below one input, and how much of it there was.

    `skips` are faults of ignore files; they are read on the way. Patterns of `--exclude` are of
    the input and of the working folder; what a deeper `.digestignore` says is stronger.
    """

    def __init__(self, root: Path, patterns: Sequence[str] = ()) -> None:
        self.skips: list[Skip] = []
        self._root = root
        self._excluded = excluded(patterns) if patterns else None
        self._counts: Counter[tuple[str, str]] = Counter()

    def above(self) -> Layers:
        """What is said in the working folder, and on the way from there to the input.

        It says nothing of an input that it would ignore: who names a folder wants it.
        """
        working_folder, root = Path(), self._root
        inside = real_path(root)
        copies = Layer(str(root), COPIES, _is_copy)
        if inside == real_path(working_folder) or not inside.is_relative_to(
            real_path(working_folder)
        ):
            return (copies,)
        steps = inside.relative_to(real_path(working_folder)).parts
        folders = [working_folder, *(Path(*steps[:number]) for number in range(1, len(steps)))]
        layers = tuple(layer for folder in folders for layer in self._said_in(folder, inside))
        return (
            copies,
            *(
                named_layer
                for named_layer in layers
                if not named_layer.ignores(os.path.relpath(inside, named_layer.folder) + "/")
            ),
        )

    def within(self, folder: Path, layers: Layers) -> Layers:
        """The layers that hold in a folder: those of the folder above, and its own."""
        return (*layers, *self._said_in(folder, folder))

    def has(self, path: Path, layers: Layers, *, is_folder: bool) -> bool:
        """Whether a path is ignored; it is counted then."""
        by = self._who(path, layers, "/" if is_folder else "")
        if by:
            self._counts[by, "folder" if is_folder else "file"] += 1
        return by is not None

    def told(self) -> Iterator[Skip]:
        """The faults that were met, then how much was left out, by whose word."""
        yield from self.skips
        if self._counts:
            counts = sorted(self._counts.items())
            left_out = ", ".join(
                f"{number:,} {noun}{'s' if number > 1 else ''} by {by}"
                for (by, noun), number in counts
            )
            yield Skip("digests", str(self._root), f"left out as you wish: {left_out}.")

    def _who(self, path: Path, layers: Layers, end: str) -> str | None:
        if self._excluded:
            below = f"{os.path.relpath(path, self._root)}{end}"
            if self._excluded(below) or self._excluded(f"{os.path.relpath(path)}{end}"):
                return OPTION
        for layer in reversed(layers):
            ignores = layer.ignores(f"{_seen_from(layer.folder, path)}{end}")
            if ignores is not None:
                return layer.said_by if ignores else None
        return None

    def _said_in(self, folder: Path, below: Path) -> Iterator[Layer]:
        """The layers of a folder; paths are told by the folder that `below` stands for."""
        base = str(folder if folder == below else real_path(folder))
        filters = list(self._obsidian(folder))
        if filters:
            yield Layer(base, OBSIDIAN, lambda path: any(f(path) for f in filters) or None)
        if _is_logseq(folder):
            yield Layer(base, LOGSEQ, lambda path: path.startswith("logseq/") or None)
        spec = self._spec(folder / IGNORE_NAME)
        if spec:
            yield Layer(base, IGNORE_NAME, lambda path: spec.check_file(path).include)

    def _spec(self, path: Path) -> GitIgnoreSpec | None:
        lines = []
        for number, line in enumerate(self._text(path).splitlines(), 1):
            try:
                GitIgnoreSpec.from_lines([line])
                lines.append(line)
            except ValueError:
                self._fault(f"{path}:{number}", "no pattern. Write one as in a .gitignore file")
        return GitIgnoreSpec.from_lines(lines) if lines else None

    def _obsidian(self, folder: Path) -> Iterator[Callable[[str], object]]:
        text = self._text(folder / _APP)
        if not text:
            return
        try:
            read = json.loads(text)
            filters = read.get("userIgnoreFilters") if isinstance(read, dict) else None
        except (ValueError, RecursionError):
            self._fault(f"{folder / _APP}", "no JSON, so its excluded files are not known")
            return
        for each in filters if isinstance(filters, list) else ():
            if isinstance(each, str) and each:
                yield from self._filter(each, folder / _APP)

    def _filter(self, written: str, path: Path) -> Iterator[Callable[[str], object]]:
        """A filter of Obsidian: `/an expression/`, else what a path begins with in any case."""
        if len(written) > 2 and written[0] == written[-1] == "/":
            try:
                expression = re.compile(written[1:-1])
            except (re.error, RecursionError, OverflowError):
                expression = None
            if expression is None or _ENDLESS.search(written):
                self._fault(str(path), f'"{written[:80]}" is no expression that can be used')
            else:
                yield expression.search
            return
        beginning = written.casefold()
        yield lambda inside: inside.casefold().startswith(beginning)

    def _text(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except OSError as error:
            self._fault(str(path), f"{error.strerror}, so that nothing is ignored by it")
            return ""
        if len(content) > MOST_BYTES:
            self._fault(str(path), f"over {MOST_BYTES:,} bytes, so that nothing is ignored by it")
            return ""
        return content.decode("utf-8-sig", "surrogateescape")

    def _fault(self, key: str, reason: str) -> None:
        self.skips.append(Skip("digests", key, f"{reason}."))
