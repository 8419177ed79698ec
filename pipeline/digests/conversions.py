"""Whole files of another markup as the Markdown that the readers of texts know."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.digests.chat_json import chat_of_json, is_list_of_slack
from pipeline.digests.chat_pages import chat_of_page
from pipeline.digests.chats import chat_as_markdown, is_chat
from pipeline.digests.git_log import git_log_as_markdown
from pipeline.digests.latex import is_latex, latex_as_markdown
from pipeline.digests.link_export import is_link_export
from pipeline.digests.outlines import outline_as_markdown
from pipeline.digests.page_signs import names_papers
from pipeline.digests.pages import is_page, page_as_markdown
from pipeline.digests.todo_lines import is_todo, todo_as_markdown
from pipeline.digests.typst import is_typst, typst_as_markdown
from pipeline.digests.wiki import wiki_as_markdown
from pipeline.model.records import Skip, Text

_OF_NOTION = re.compile(r'<h1 class="page-title"|<article[^<>]{1,99}\sclass="page\s')
"""A page of Notion is its reader's own, whatever it names."""
NO_DIGEST_PAGE = (
    "a web page that names no paper as digests do: in a heading, a row, or beside its link. "
    "It was passed over; save your own notes on it as text."
)

LIST_OF_SLACK = "the people or channels of Slack, beside its messages. It was passed over."


def converted(text: Text) -> Text | Skip:
    """The text in Markdown, itself if it is in no other markup; a skip where it is no digest."""
    for convert in _CONVERSIONS:
        markdown = convert(text)
        if markdown is not None:
            return markdown
    return text


def _of_page(text: Text) -> Text | Skip | None:
    if not is_page(text) or is_link_export(text):
        return None
    if chat := chat_of_page(text):
        return _numbered(*chat)
    page = page_as_markdown(text)
    is_note = _OF_NOTION.search("\n".join(text.head)[:40_000]) is not None
    if not is_note and not names_papers(page.lines) and None not in text.lines:
        return Skip("digests", text.file, NO_DIGEST_PAGE)
    return _with_long_lines(page, text)


def _of_latex(text: Text) -> Text | None:
    return _with_long_lines(latex_as_markdown(text), text) if is_latex(text) else None


def _of_messages(text: Text) -> Text | Skip | None:
    if is_list_of_slack(text):
        return Skip("digests", text.file, LIST_OF_SLACK)
    messages = chat_of_json(text)
    return _numbered(*messages) if messages else None


def _numbered(messages: Text, numbers: Sequence[int]) -> Text:
    """The papers of a chat, with the lines of the file that its messages stand on."""
    chat = chat_as_markdown(messages)
    return Text(messages.file, chat.lines, [numbers[at - 1] for at in chat.numbers or ()])


def _of_todo(text: Text) -> Text | None:
    return todo_as_markdown(text) if is_todo(text) else None


def _of_typst(text: Text) -> Text | None:
    return typst_as_markdown(text) if is_typst(text) else None


def _of_chat(text: Text) -> Text | None:
    return _with_long_lines(chat_as_markdown(text), text) if is_chat(text) else None


_CONVERSIONS: tuple[Callable[[Text], Text | Skip | None], ...] = (
    _of_page, _of_latex, _of_messages, _of_todo, _of_typst, outline_as_markdown,
    wiki_as_markdown, git_log_as_markdown, _of_chat,
)  # fmt: skip
"""In the order in which a text is looked at for them."""


def _with_long_lines(markdown: Text, text: Text) -> Text:
    """The Markdown, below it the lines that were too long to read, so that they are told."""
    too_long = [number for number, line in enumerate(text.lines, 1) if line is None]
    if not too_long:
        return markdown
    numbers = (*(markdown.numbers or ()), *too_long)
    return Text(text.file, (*markdown.lines, *(None for _ in too_long)), numbers)
