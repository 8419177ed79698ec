r"""LaTeX as Markdown: its headings, lists, links, references and tables.

\section{Week 3}                                          ## Week 3
\item \textbf{A Title}, A.~Lee, \arxiv{2401.00001}.       - **A Title**, A. Lee, [arXiv:...](...)
  Said of it.                                               Said of it.

Macros that the text defines are put in. Lines that a sentence is wrapped over are joined.
"""

from __future__ import annotations

import re

from pipeline.digests.latex_commands import (
    DROPPED,
    ENCLOSED,
    HEADINGS,
    LISTS,
    QUOTES,
    SILENT,
    SPACING,
    TABLES,
    VERBATIM,
)
from pipeline.digests.latex_macros import OPTION, Braced, expanded, macros_of, without_definitions
from pipeline.digests.markdown import ids_in
from pipeline.model.plain_tex import plain_tex
from pipeline.model.records import Text

_SURE = re.compile(
    r"\\(?:documentclass|documentstyle|begin\s*\{(?:document|itemize|enumerate|description"
    r"|thebibliography|tabular|longtable)\}|(?:sub)?section\*?\s*\{|bibitem\b)"
)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
_BODY = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)
_TITLE = re.compile(r"\\(title|date)\s*(?:\[[^\[\]]{0,200}\]\s*)?(?=\{)")
_TOKEN = re.compile(
    r"\\[A-Za-z]+\*?[ \t]*|\\\\(?:\[[^\[\]\n]{0,20}\])?|\\.|[{}&\n]|[^\\{}&\n]+", re.DOTALL
)
_SPACES = re.compile(r"[ \t]*")
_RUN_IN = "##### "
"""The mark of a `\\paragraph`, whose text goes on in the line of its heading."""
_SOURCE = re.compile(
    r"(?P<source>\[[^\[\]]{1,60}\]\(https?://[^\s()]{1,300}\)|\([^()]{4,200}\))[.:,;]?\s+(?=\S)"
)
"""Where the paper of a paragraph is: a link, or who and an id in parentheses."""
_YEAR_BEHIND = re.compile(r"(?<=[^\W\d_]) ((?:19|20)\d\d)(?=,)")
_TIE = re.compile(r"(?<!/)~")
_ENDS = re.compile(r"(?:[.!?:;。][)\]}*\"'”]*|\]\([^()\s]*\)|\*\*)\Z")
_STYLED = re.compile(r"\*{1,2}(et al\.?|[A-Z]?\d{1,6})\*{1,2}")
"""What references set in italics or in bold, and what is no title."""
_INITIAL = re.compile(r"(?:\A|[\s.~-])[A-Z]\.\Z")


def is_latex(text: Text) -> bool:
    """Whether a text is LaTeX: it begins with a command, and has headings, lists or a document."""
    begun = next((line.lstrip() for line in text.head if not line.lstrip().startswith("%")), "")
    if not begun.startswith("\\") or not begun[1:2].isalpha():
        return False
    return any(_SURE.search(line) for line in text.head)


def latex_as_markdown(text: Text) -> Text:
    """What LaTeX prints, each line with the one of the file that it begins on."""
    source = "\n".join(_COMMENT.sub(r"\1", line or "") for line in text.lines)
    braced = Braced(source)
    macros = macros_of(braced)
    writer = _MarkdownLines()
    body = _BODY.search(source)
    start = body.start(1) if body else 0
    if body:
        for match in _TITLE.finditer(source[: body.start()]):
            title, _ = braced.argument(match.end())
            line = 1 + source.count("\n", 0, match.start())
            writer.block(
                line, ("# " if match[1] == "title" else "") + plain_tex(" ".join(title.split()))
            )
    shown = body[1] if body else without_definitions(braced)
    writer.line = 1 + source.count("\n", 0, start)
    writer.write(expanded(shown, macros))
    return Text(text.file, tuple(writer.lines), tuple(writer.numbers))


class _MarkdownLines:
    """The lines of Markdown, and the line of the file that each begins on."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.numbers: list[int] = []
        self.line = 1
        self._parts: list[str] = []
        self._begun = 1
        self._closers: list[str] = []
        self._lists = 0
        self._quotes = 0
        self._in_references = False
        self._mark = ""
        self._tables: list[bool] = []
        self._braced = Braced("")

    def block(self, line: int, words: str) -> None:
        """A line apart from those above it."""
        self._add(line, words)
        self._add(line, "")

    def _add(self, line: int, words: str) -> None:
        if words or (self.lines and self.lines[-1]):
            self.lines.append(words)
            self.numbers.append(max(line, self.numbers[-1] if self.numbers else 1))

    def write(self, source: str) -> None:
        """All that the body of a document prints."""
        self._braced = Braced(source)
        position = 0
        while match := _TOKEN.match(source, position):
            piece, start = match[0], match.start()
            position = match.end()
            if piece == "\n":
                self._end_of_line(
                    is_blank=source[position : position + 80].lstrip(" \t")[:1] == "\n"
                )
                self.line += 1
            elif piece[0] == "\\" and piece[1:2].isalpha():
                position = self._command(piece.strip(" \t\\*"), source, position)
                self.line += source.count("\n", start, position)
            elif piece[:2] == "\\\\":
                self._flush()
            elif piece in SPACING:
                self._say(SPACING[piece])
            elif piece == "&":
                self._say(" | " if self._tables else "&")
            elif piece == "{":
                self._say("{")
                self._closers.append("}")
            elif piece == "}":
                self._close(self._closers.pop() if self._closers else "")
            else:
                self._say(_TIE.sub(" ", piece).replace("---", "—").replace("--", "–"))
        self._flush()

    def _say(self, words: str) -> None:
        if not self._parts:
            words = words.lstrip()
            self._begun = self.line
        if words:
            self._parts.append(words)

    def _close(self, closer: str) -> None:
        if closer == "\n":
            self._flush(apart=True)
        elif closer:
            self._parts.append(closer)

    def _command(self, name: str, source: str, position: int) -> int:
        """What a command prints; where the text goes on behind what it is given."""
        if name in ("begin", "end"):
            environment, position = self._braced.argument(position)
            return self._environment(environment, source, position, begins=name == "begin")
        if name in ("item", "bibitem"):
            return self._item(name, source, position)
        option = OPTION.match(source, position)
        at = option.end() if option else position
        is_heading = name in HEADINGS
        if (is_heading or name == "footnote") and source[at : at + 1] == "{":
            self._flush(apart=True) if is_heading else self._say(" (")
            self._mark = "#" * HEADINGS[name] + " " if is_heading else self._mark
            self._closers.append("\n" if is_heading else ")")
            return at + 1
        if name in ("href", "url", "path", "nolinkurl"):
            return self._link(name, source, position)
        if name in DROPPED:
            return self._behind(position)
        return self._words_of(name, source, position)

    def _words_of(self, name: str, source: str, position: int) -> int:
        if name in ENCLOSED and source[position : position + 1] == "{":
            self._say(ENCLOSED[name])
            self._closers.append(ENCLOSED[name])
            return position + 1
        if name == "par":
            self._flush(apart=True)
        elif name in SILENT:
            self._say(" ")
        else:
            self._say(f"\\{name}")
            self._say(" " if source[position - 1 : position] in (" ", "\t") else "")
        return position

    def _environment(self, name: str, source: str, position: int, *, begins: bool) -> int:
        name = name.strip()
        self._flush(apart=True)
        step = 1 if begins else -1
        if name in LISTS:
            self._lists = max(self._lists + step, 0)
            self._in_references = begins and name == "thebibliography"
            return self._behind(position) if begins else position
        if name in QUOTES:
            self._quotes = max(self._quotes + step, 0)
        elif name.rstrip("*") in TABLES:
            self._tables = [*self._tables, False] if begins else self._tables[:-1]
            return self._behind(position) if begins else position
        elif name in VERBATIM and begins:
            end = source.find(f"\\end{{{name}}}", position)
            end = end if end >= 0 else len(source)
            for at, line in enumerate(
                ["```", *source[position:end].strip("\n").split("\n"), "```"]
            ):
                self._add(self.line + at, line)
            return end
        return position

    def _item(self, name: str, source: str, position: int) -> int:
        self._flush()
        option = OPTION.match(source, position)
        position = option.end() if option else position
        self._mark = "  " * (self._lists - 1) + "- "
        if name == "bibitem":
            _, position = self._braced.argument(_SPACES.match(source, position).end())  # type: ignore[union-attr]
        elif option and any(map(str.isalpha, option[1])):
            self._say(f"**{option[1].strip()}** ")
        return position

    def _link(self, name: str, source: str, position: int) -> int:
        address, position = self._braced.argument(position)
        address = re.sub(r"\\([#%&_~{}])", r"\1", "".join(address.split()))
        if name == "href" and source[position : position + 1] == "{":
            self._say("[")
            self._closers.append(f"]({address})")
            return position + 1
        self._say(address)
        return position

    def _end_of_line(self, *, is_blank: bool) -> None:
        if is_blank and not self._closers:
            self._flush(apart=True)
            return
        words = "".join(self._parts[-3:]).rstrip()
        wrapped = self._closers or self._tables or self._in_references
        if wrapped or not _ENDS.search(words) or _INITIAL.search(words):
            self._say(" ")
        else:
            self._flush()

    def _flush(self, *, apart: bool = False) -> None:
        """Ends the line that is open; `apart`: a blank line stands below it."""
        words = plain_tex(" ".join("".join(self._parts).split()))
        self._parts = []
        if words and self._tables:
            self._add(self._begun, f"| {words} |")
            if not self._tables[-1]:
                self._add(self._begun, "|" + "---|" * (words.count(" | ") + 1))
            self._tables[-1] = True
        elif words:
            words = _STYLED.sub(r"\1", words) if self._in_references else self._below_run_in(words)
            place = self._mark or "  " * self._lists
            self._add(self._begun, ("> " if self._quotes else "") + place + words)
            self._mark = ""
        if apart:
            self._add(self.line, "")

    def _below_run_in(self, words: str) -> str:
        """The words of a paragraph, after the source of its paper, which gets a line."""
        heading = next((line for line in reversed(self.lines[-2:]) if line), "")
        found = _SOURCE.match(words) if heading.startswith(_RUN_IN) and not self._mark else None
        source = found["source"] if found else ""
        if not found or not ids_in(source):
            return words
        by_whom = _YEAR_BEHIND.sub(r", \1", source.strip("()"))
        self._add(self._begun, by_whom if source.startswith("(") else source)
        self._add(self._begun, "")
        return words[found.end() :]

    def _behind(self, position: int) -> int:
        """Where the text goes on behind the options and arguments of a command."""
        source = self._braced.source
        for _ in range(4):
            option = OPTION.match(source, position)
            if option and source[position] == "[":
                position = option.end()
            elif source[position : position + 1] == "{":
                _, position = self._braced.argument(position)
            else:
                break
        return position
