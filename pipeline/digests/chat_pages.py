"""Pages on which Telegram and DiscordChatExporter show a chat, as lines of a chat.

<div class="message default"><div class="date details" title="11.01.2024 12:00:00 UTC+01:00">
<div class="from_name">Ann</div><div class="text">A Title<br><a href="https://arxiv.org/...">
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from pipeline.digests.dates import dated
from pipeline.digests.pages import page_as_markdown, root_of_page
from pipeline.model.records import Text

_CHATS: Mapping[str, tuple[str, str, str]] = {
    "message": ("date", "from_name", "text"),
    "chatlog__message-container": ("chatlog__timestamp", "chatlog__author", "chatlog__content"),
}
"""The classes of a message, and of its time, of who sent it, and of what is said in it."""
_IS_CHAT = re.compile(r'class="(?:page_body chat_page|chatlog)"')
_SHOWN = re.compile(r"\[([^\s\[\]]{1,600})\]\((https?://[^\s()]{1,600})\)")
_DAY_FIRST = re.compile(r"^(\d\d)\.(\d\d)\.(\d{4})\b.*")
_NOT_IN_NAMES = re.compile(r"[\[\]<>:\s]+")


def chat_of_page(text: Text) -> tuple[Text, list[int]] | None:
    """The messages as a chat is written, and the line of the page of each; None for other pages."""
    if not any(line and _IS_CHAT.search(line) for line in text.lines):
        return None
    lines: list[str] = []
    numbers: list[int] = []
    for number, said in _messages(root_of_page("\n".join(line or "" for line in text.lines))):
        lines += said
        numbers += [number] * len(said)
    return Text(text.file, lines), numbers


def _messages(root: Any) -> Iterator[tuple[int, list[str]]]:
    name, day = "somebody", ""
    for element in root.iter("div") if root is not None else ():
        kind = next((kind for kind in _CHATS if kind in _classes(element)), None)
        if kind is None:
            continue
        parts = {c: e for e in element.iter("*") for c in _classes(e) if c in _CHATS[kind]}
        when, who, what = map(parts.get, _CHATS[kind])
        # Below the first of several messages in a row only what is said stands.
        day = day if when is None else _day(when.get("title") or "") or day
        name = name if who is None else _NOT_IN_NAMES.sub(" ", "".join(who.itertext())).strip()
        first, *below = _said(what) if what is not None else [""]
        if first and day:
            head = f"[{day}, 00:00] {name[:40]}: {first}"
            yield element.sourceline or 1, [head, *below]


def _day(title: str) -> str:
    stated = dated(_DAY_FIRST.sub(r"\3-\2-\1", title))
    return stated.day.isoformat() if stated and stated.precision == "day" else ""


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _said(element: Any) -> list[str]:
    source = etree.tostring(element, encoding="unicode", with_tail=False)
    if "chatlog__" in source:
        # Discord breaks lines as the text does.
        source = source.replace("\n", "<br/>")
    page = page_as_markdown(Text("", source.split("\n")))
    lines = (_SHOWN.sub(_shown, line or "") for line in page.lines)
    return [line for line in lines if line.strip()] or [""]


def _shown(link: re.Match[str]) -> str:
    """A link as its address, of a tag or a person the name."""
    return link[1] if link[1][0] in "#@" else link[2]
