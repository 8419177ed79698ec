"""Chats as programs save them, as notes: a paper that somebody names, below it what is said of it.

[김도현] [오후 9:12] A Title                     ## A Title
https://arxiv.org/abs/2401.00001                 https://arxiv.org/abs/2401.00001
[이서연] [오후 9:20] good, like 2401.00002       good, like 2401.00002

KakaoTalk, WhatsApp, Telegram, Slack, Discord, Teams, LINE and IRC differ in what stands before a
message. A link within a sentence is a mention of what is talked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line
from pipeline.digests.chat_days import date_of, day_first
from pipeline.digests.chat_titles import ASKING, EMOJI, cited_before, title_before, title_in
from pipeline.digests.names import names_in
from pipeline.digests.titles import looks_like_title
from pipeline.model.records import Text

_TIME = (
    r"(?:(?:오전|오후|AM|PM|上午|下午|午前|午後)\s?)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?"
    r"(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
)
_DAY = (
    r"(?:\d{4}[-./]\s?\d{1,2}[-./]\s?\d{1,2}\.?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}"
    r"|\d{1,2}-[A-Za-z]{3}-\d{2,4}|\d{4}년 \d{1,2}월 \d{1,2}일|[A-Z][a-z]{2,8} \d{1,2}, \d{4})"
)
_NAME = r"[^\[\]<>:\n]{1,40}?"
_BEGINS = tuple(
    re.compile(form)
    for form in (
        rf"\[(?P<name>{_NAME})\] \[{_TIME}\] (?P<said>.*)",
        rf"\u200e?\[(?P<day>{_DAY})[,.]? {_TIME}\] (?:\u200e)?(?P<name>{_NAME}): (?P<said>.*)",
        rf"(?P<day>{_DAY}),? {_TIME} - (?P<name>{_NAME}): (?P<said>.*)",
        rf"(?P<day>{_DAY}),? {_TIME}, (?P<name>{_NAME}) : (?P<said>.*)",
        (
            rf"\[(?:(?P<day>{_DAY}),? )?{_TIME}\]"
            rf" (?:<(?P<nick>{_NAME})>|(?P<name>{_NAME}):) (?P<said>.*)"
        ),
        rf"(?:(?P<day>{_DAY})[ T])?{_TIME}[ \t]+<[@+ ]?(?P<name>{_NAME})> (?P<said>.*)",
        rf"(?P<day>{_DAY}) {_TIME} (?P<name>{_NAME}): (?P<said>.*)",
        r"(?P<day>\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d,\"(?P<name>[^\"\n]{1,40})\",(?P<said>\".*)",
        rf"{_TIME}\t(?P<name>[^\t\n]{{1,40}})\t(?P<said>.*)",
        rf"(?P<name>{_NAME}), \[(?P<day>{_DAY})[, ]{{1,2}}{_TIME}\]()",
        rf"\[(?P<day>{_DAY}) {_TIME}\] (?P<name>{_NAME})(?: \(pinned\))?()",
        (
            rf"(?P<name>(?!\d{{1,4}}[-./]){_NAME})(?: {{2}}\[?{_TIME}\]?"
            r"| \[?\d{1,2}:\d\d\s?[AaPp]\.?[Mm]\.?\]?)()"
        ),
        rf"(?P<name>{_NAME}) — (?:(?:Today|Yesterday) at |(?P<day>{_DAY}) )?{_TIME}()",
    )
)
_SYSTEM = re.compile(
    rf"\[?(?P<day>{_DAY})[,.]? {_TIME}\]?(?: -)? [^:]{{1,200}}"
    rf"|(?:[-—─–=*_~]{{3,60}} {{0,3}})?(?P<ruled>{_DAY})(?: ?\(?[^\W\d_]{{1,12}}\)?)?"
    r"(?: {0,3}[-—─–=*_~]{3,60})?"
)
_INLINE = 9
"""So many of the forms have what is said on the same line."""
_CELLS = 7
"""The form of KakaoTalk's CSV, where what is said stands in quotation marks, lines of it too."""
_LEAST_MESSAGES = 2
_LOOKED_AT = 120
_URL = re.compile(r"<?https?://[^\s<>]{1,600}>?")


@dataclass(slots=True)
class _Message:
    name: str
    day: str
    lines: list[tuple[int, str]] = field(default_factory=list)


class _ChatPaper(NamedTuple):
    """A paper that messages name: its title, its link, and what else they say, by line."""

    title: str
    link: str
    said: list[tuple[int, str]]


def is_chat(text: Text) -> bool:
    """Whether most lines begin a message, or messages stand below lines of names and times."""
    lines = [line.strip() for line in text.head[:_LOOKED_AT]]
    forms = [form for line in lines if (form := _form_of(line)) is not None]
    if len(forms) < _LEAST_MESSAGES:
        return False
    form = max(set(forms), key=forms.count)
    if form == _CELLS and lines[0].lstrip("\ufeff") != "Date,User,Message":
        return False
    count, others = forms.count(form), sum(map(bool, map(_SYSTEM.fullmatch, lines)))
    if form < _INLINE:
        return count >= _LEAST_MESSAGES and (count + others) * 3 >= len(lines)
    return count >= _LEAST_MESSAGES and count * 12 >= len(lines) and _form_of(lines[-1]) is None


def _form_of(line: str) -> int | None:
    if not line or len(line) > 2_000 or not any(map(str.isdigit, line[:80])):
        return None
    return next((at for at, form in enumerate(_BEGINS) if form.fullmatch(line)), None)


def chat_as_markdown(text: Text) -> Text:
    """The papers that are named, each with what is said until the next one."""
    messages = list(_messages(text.lines))
    order = day_first([message.day for message in messages])
    lines: list[str] = []
    numbers: list[int] = []

    def add(number: int, line: str) -> None:
        lines.append(line)
        numbers.append(max(number, numbers[-1] if numbers else 1))

    at, dated = 0, None
    while at < len(messages):
        named, taken = _named(messages, at)
        number = messages[at].lines[0][0]
        if not at and not named:
            # What is said before a paper is named is about none.
            add(number, "# Chat")
        if named:
            stated = date_of(text.file, messages[at].day, day_first=order)
            if stated and stated != dated:
                add(number, f"# {stated.isoformat()}")
                dated = stated
            add(number, f"## {named.title}")
            add(number, named.link)
        said = named.said if named else messages[at].lines
        add(number, "")
        for line_number, line in said:
            add(line_number, f"\u2060{line}" if line.startswith("#") and not named else line)
        add(said[-1][0] if said else number, "")
        at += taken
    return Text(text.file, tuple(lines), tuple(numbers))


def _messages(lines: Sequence[str | None]) -> Iterator[_Message]:
    """The messages in order, each with the day that is stated for it, or above it."""
    message: _Message | None = None
    day, is_cell = "", False
    for number, raw in enumerate(lines, 1):
        line = (raw or "").strip()
        form = _form_of(line)
        match = _BEGINS[form].fullmatch(line) if form is not None else None
        if match:
            yield from [message] if message and message.lines else []
            groups = match.groupdict()
            day = groups.get("day") or day
            message = _Message((groups.get("name") or groups.get("nick") or "").strip(), day)
            line = groups.get("said") or ""
            is_cell = form == _CELLS
        elif line and (system := _SYSTEM.fullmatch(line)):
            yield from [message] if message and message.lines else []
            message, day = None, system["day"] or system["ruled"] or day
            continue
        if message is None:
            message = _Message("", day) if markdown.ids_in(line) else None
        if is_cell:
            line = line.replace('""', "\0").strip('"').replace("\0", '"')
        if message and line:
            message.lines.append((number, line.replace("\u200e", "")))
    yield from [message] if message and message.lines else []


def _named(messages: Sequence[_Message], at: int) -> tuple[_ChatPaper | None, int]:
    """The paper that a message names, if it does, and how many messages that takes."""
    message = messages[at]
    below = messages[at + 1] if at + 1 < len(messages) else None
    same = below if below is not None and below.name == message.name else None
    linked = next((n for n, (_, line) in enumerate(message.lines) if _is_linked(line)), None)
    if linked is None:
        return _linked_next(message, same)
    link = _link(message.lines[linked][1])
    before, _, behind = message.lines[linked][1].partition(link)
    before, behind = before.strip(" <"), behind.strip(" >")
    named = _on_line(message.lines, linked, before, behind)
    if named:
        return named, 1
    if before or behind:
        asks = before.endswith(ASKING) and not behind and len(message.lines) == 1
        title, said = _title_of_next(below) if asks and same else (None, [])
        return (_ChatPaper(title, link, said), 2) if title else (None, 1)
    return _beside(message.lines, linked, link, same)


def _linked_next(message: _Message, below: _Message | None) -> tuple[_ChatPaper | None, int]:
    """The paper of a message that is its title, its link being the next one."""
    if below is None or len(message.lines) != 1 or not _is_bare(below.lines[0][1]):
        return None, 1
    number, line = message.lines[0]
    link = _link(below.lines[0][1])
    if cited := cited_before(line, ""):
        said = [(number, f"authors: {cited[1]}"), (number, ""), *below.lines[1:]]
        return _ChatPaper(cited[0], link, said), 2
    title = title_in(line, sure=True)
    return (_ChatPaper(title, link, below.lines[1:]), 2) if title else (None, 1)


def _on_line(
    lines: list[tuple[int, str]], linked: int, before: str, behind: str
) -> _ChatPaper | None:
    """The paper whose title stands on the line of its link, before it or behind it."""
    number, line = lines[linked]
    link = _link(line)
    others = [*lines[:linked], *lines[linked + 1 :]]
    rest = behind if EMOJI.match(behind) else behind.lstrip(" -–—:|,.)")
    said = [*([(number, rest)] if rest else []), *others]
    if cited := cited_before(before, behind):
        return _ChatPaper(cited[0], link, [(number, f"authors: {cited[1]}"), (number, ""), *said])
    if title := title_before(before, behind):
        return _ChatPaper(title, link, said)
    title = title_in(behind, sure=True) if not before else None
    return _ChatPaper(title, link, others) if title else None


def _beside(
    lines: list[tuple[int, str]], linked: int, link: str, below: _Message | None
) -> tuple[_ChatPaper | None, int]:
    """The paper of a link that stands alone: its title is above it, below it, or said next."""
    signed = next((at for at in range(linked - 1, 0, -1) if names_of_line(lines[at][1])), None)
    places = (*((signed - 1,) if signed else ()), linked - 1, 0, linked + 1)
    for at in places:
        if 0 <= at < len(lines) and at != linked and (title := title_in(lines[at][1], sure=True)):
            others = [line for n, line in enumerate(lines) if n not in (at, linked, signed)]
            names = [lines[signed], (lines[signed][0], "")] if signed else []
            return _ChatPaper(title, link, [*names, *others]), 1
    if len(lines) == 1:
        title, said = _title_of_next(below)
        if title:
            return _ChatPaper(title, link, said), 2
    # Whoever sends a link alone, or begins with it, names its paper by that.
    others = [line for n, line in enumerate(lines) if n != linked]
    ids = [] if linked else markdown.ids_in(link)
    return (_ChatPaper(ids[0], link, others) if ids else None), 1


def _title_of_next(below: _Message | None) -> tuple[str | None, list[tuple[int, str]]]:
    """The title that the next message is or begins with, and what it says besides."""
    if below is None or _is_linked(below.lines[0][1]):
        return None, []
    number, line = below.lines[0]
    title = title_in(line, sure=True)
    if title:
        return title, below.lines[1:]
    first, _, rest = line.partition(". ")
    parts = first.split(",")
    for count in range(1, len(parts)):
        names, head = ",".join(parts[count:]).strip(), ",".join(parts[:count])
        if looks_like_title(head, words=2) and names_in(names):
            said = [(number, names), (number, ""), (number, rest)]
            return head.strip(), [*said, *below.lines[1:]]
    return None, []


def _is_linked(line: str) -> bool:
    match = _URL.search(line)
    return (match is not None and markdown.is_paper_link(match[0])) or bool(
        "rxiv" in line and markdown.ids_in(line)
    )


def _is_bare(line: str) -> bool:
    return _is_linked(line) and not line.replace(_link(line), "").strip(" <>()")


def _link(line: str) -> str:
    """The link of a line, else the words around its id."""
    links = (match[0].strip("<>") for match in _URL.finditer(line))
    link = next((link for link in links if markdown.is_paper_link(link)), None)
    if link:
        return link.rstrip(").,")
    words = line.split()
    return next((word for word in words if markdown.ids_in(word)), line)
