"""Chats, boards, clippings and cards: a paper that somebody names, and what is said of it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from test_exports_of_others import kept, read

from pipeline.model.records import Skip

TITLE = "Slow Cooking of Large Models"
LINK = "https://arxiv.org/abs/2401.00011"
OTHER = "https://arxiv.org/abs/2401.00012"
SECOND = "Fast Cooking of Small Models"
SECOND_LINK = "https://arxiv.org/abs/2401.00013"

CHATS = {
    "KakaoTalk": f"""논문방 님과 카카오톡 대화
--------------- 2024년 11월 13일 일요일 ---------------
[민준] [오후 9:12] {TITLE}
{LINK}
[Ann Lee] [오후 9:20] 불이 중요하네요. {OTHER} 이것도요
[민준] [오후 9:21] {SECOND} {SECOND_LINK}
""",
    "KakaoTalk in CSV": f"""Date,User,Message
2024-11-13 21:12:30,"민준","{TITLE}
{LINK}"
2024-11-13 21:20:05,"Ann Lee","불이 중요하네요. ""정말"" {OTHER} 이것도요"
2024-11-13 21:21:00,"민준","{SECOND} {SECOND_LINK}"
""",
    "WhatsApp of a telephone": f"""[13/11/24, 21:04:58] Messages are encrypted.
[13/11/24, 21:05:11] Ann Lee: {TITLE} {LINK}
[13/11/24, 21:06:40] Bo: 불이 중요하네요. better than {OTHER}
[13/11/24, 21:09:02] Bo: {SECOND}
[13/11/24, 21:09:05] Bo: {SECOND_LINK}
""",
    "WhatsApp of another": f"""13/11/2024, 21:05 - Ann Lee: {LINK}
13/11/2024, 21:05 - Ann Lee: {TITLE}
13/11/2024, 21:06 - Bo: 불이 중요하네요.
better than {OTHER}
13/11/2024, 21:09 - Bo: {SECOND}: {SECOND_LINK}
""",
    "Telegram": f"""Ann Lee, [13.11.2024 21:05]
see what I found: {LINK}

Ann Lee, [13.11.2024 21:06]
{TITLE}

Bo, [13.11.2024 21:07]
불이 중요하네요. Not as in {OTHER}

Bo, [13.11.2024 21:09]
{SECOND}
{SECOND_LINK}
""",
    "Slack": f"""#papers

[13-Nov-24 09:41 AM] ann
{LINK} {TITLE}
[13-Nov-24 09:43 AM] bo
불이 중요하네요. See {OTHER}

[13-Nov-24 10:02 AM] bo
{SECOND_LINK} {SECOND}
""",
    "LINE": f"""2024/11/13(水)
21:12\tAnn\t{TITLE} {LINK}
21:15\tBo\t불이 중요하네요. {OTHER} より
21:20\tBo\t{SECOND} {SECOND_LINK}
""",
}


@pytest.mark.parametrize("program", CHATS)
def test_a_chat_is_papers_with_what_is_said_of_each(program: str) -> None:
    first, second = kept(CHATS[program])
    assert (first.title, first.arxiv_id, first.date) == (TITLE, "2401.00011", date(2024, 11, 13))
    assert [mention.arxiv_id for mention in first.mentions] == ["2401.00012"]
    assert "불이 중요하네요." in (first.commentary or "")
    assert "Bo" not in (first.commentary or "")
    assert (second.title, second.arxiv_id) == (SECOND, "2401.00013")
    lines = CHATS[program].split("\n")
    assert LINK in "\n".join(lines[first.line_start - 1 : first.line_end])


def test_what_is_said_before_a_paper_is_named_is_told() -> None:
    chat = f"[21:04] ann: anybody here?\n[21:05] ann: {TITLE} {LINK}\n[21:06] bo: good\n"
    entry, skip = read(chat)
    assert isinstance(skip, Skip)
    assert skip.key == "notes:1"
    assert entry == kept(chat)[0]


def test_a_day_and_a_month_that_may_be_either_are_no_date() -> None:
    chat = f"[03/11/24, 21:05:11] Ann: {TITLE} {LINK}\n[03/11/24, 21:06:40] Bo: good\n"
    (entry,) = kept(chat)
    assert entry.date is None


def test_messages_in_json_are_a_chat() -> None:
    said = [("ann", f"{TITLE} <{LINK}>"), ("bo", f"good, unlike <{OTHER}|theirs>")]
    messages = [{"ts": f"169904549{n}.1", "user": u, "text": t} for n, (u, t) in enumerate(said)]
    (entry,) = kept(json.dumps(messages, indent=1))
    assert (entry.title, entry.arxiv_id) == (TITLE, "2401.00011")
    assert [mention.arxiv_id for mention in entry.mentions] == ["2401.00012"]
    assert entry.date == date(2023, 11, 3)


def test_a_board_is_its_cards() -> None:
    card = {"name": TITLE, "desc": f"{LINK}\n\nHeat.", "labels": [{"name": "ovens"}]}
    board = {"name": "Papers", "lists": [{"name": "To read"}], "cards": [card]}
    (entry,) = kept(json.dumps(board, indent=1))
    assert (entry.title, entry.arxiv_id, entry.tags) == (TITLE, "2401.00011", ("ovens",))
    assert "Heat." in (entry.commentary or "")
    assert entry.mentions == ()


def test_clippings_of_one_title_are_one_entry() -> None:
    clip = (
        f"{TITLE} (Ann Lee, Bo Kim)\n- Your {{}} on page 4 | Added on Sunday\n\n{{}}\n==========\n"
    )
    (entry,) = kept(clip.format("Note", "Heat.") + clip.format("Highlight", "An oven."))
    assert (entry.title, entry.authors) == (TITLE, ("Ann Lee", "Bo Kim"))
    assert entry.commentary == "Heat.\n> An oven."


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("Smith, John", ("John Smith",)),
        ("Bengio, Yoshua; Hinton, Geoffrey", ("Yoshua Bengio", "Geoffrey Hinton")),
        ("Ann Lee and Bo Kim", ("Ann Lee", "Bo Kim")),
        ("OpenAI", ("OpenAI",)),
    ],
)
def test_clippings_name_people_as_other_fields_do(printed: str, authors: tuple[str, ...]) -> None:
    clip = f"{TITLE} ({printed})\n- Your Note on page 4 | Added on Sunday\n\nHeat.\n==========\n"
    (entry,) = kept(clip)
    assert (entry.authors, entry.date) == (authors, None)


@pytest.mark.parametrize(
    "added",
    [
        "Added on Wednesday, March 5, 2025 10:11:12 PM",
        "Hinzugefügt am Mittwoch, 5. März 2025 22:11:12",
        "Añadido el miércoles, 5 de marzo de 2025 22:11:12",
        "2025년 3월 5일 수요일 오후 10:11에 추가함",
        "作成日: 2025年3月5日水曜日 22:11:12",
    ],
)
def test_clippings_have_the_day_of_the_first(added: str) -> None:
    clip = f"{TITLE}\n- 4 | 12.04.2024 | {{}}\n\nHeat.\n==========\n"
    (entry,) = kept(clip.format(added) + clip.format("Added on March 9, 2025"))
    assert entry.date == date(2025, 3, 5)


def test_cards_to_learn_are_read_by_the_lines_above_them() -> None:
    (entry,) = kept(
        "#separator:tab\n#html:true\n#tags column:3\n"
        f"{TITLE}\tHeat is enough.<br>{LINK}\tovens slow\n"
    )
    assert (entry.title, entry.arxiv_id, entry.tags) == (TITLE, "2401.00011", ("ovens", "slow"))
    assert (entry.commentary, entry.mentions) == ("Heat is enough.", ())


def test_lines_of_todo_txt_are_a_list() -> None:
    done = f"x 2024-09-03 2024-09-01 {TITLE} {LINK} -- heat is enough +reading @home\n"
    (entry,) = kept(f"{done}(A) 2024-09-06 Pay the fee +admin\n")
    assert (entry.title, entry.arxiv_id) == (TITLE, "2401.00011")
    assert "heat is enough" in (entry.commentary or "")


def test_points_below_a_link_of_an_outline_are_said_of_it() -> None:
    points = '<outline text="Ann Lee, Bo Kim"/><outline text="heat is enough"/>'
    body = f'<outline text="{TITLE}" url="{LINK}">{points}</outline><outline text="Aside"/>'
    (entry,) = kept(f'<opml version="2.0"><body>{body}</body></opml>')
    assert (entry.authors, entry.commentary) == (("Ann Lee", "Bo Kim"), "heat is enough")


def test_columns_without_a_known_name_are_what_the_reader_said() -> None:
    head = "| When | Paper | arXiv | Seen by us |\n|---|---|---|---|\n"
    row = f"| 7 Mar | {TITLE} | [2401.00011]({LINK}) | hot, and rather slow for us |\n"
    (entry,) = kept(f"{head}{row}| 14 Mar | *no meeting (deadline)* | | |\n")
    assert (entry.arxiv_id, entry.commentary) == ("2401.00011", "hot, and rather slow for us")


def test_a_word_document_is_its_paragraphs() -> None:
    name = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    said = [
        ("Heading2", TITLE),
        ("Normal", "Ann Lee, Bo Kim"),
        ("Normal", LINK),
        ("Normal", "Heat."),
    ]
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'
        for style, words in said
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {name}>{paragraphs}</w:document>")
    (entry,) = kept(packed.getvalue(), "notes.docx")
    assert (entry.title, entry.arxiv_id, entry.commentary) == (TITLE, "2401.00011", "Heat.")
    assert entry.authors == ("Ann Lee", "Bo Kim")
    assert (entry.line_start, entry.line_end) == (1, 4)
    (skip,) = read(b"PK\x03\x04 damaged", "notes.docx")
    assert isinstance(skip, Skip)


def test_a_table_of_times_and_cells_in_quotes_is_no_chat() -> None:
    first, second = kept(
        "Date,Name,Notes\n"
        f'2024-09-05 15:14:00,"{TITLE}","good {LINK}"\n'
        f'2024-09-06 15:14:00,"{SECOND}","bad {SECOND_LINK}"\n'
    )
    assert (first.title, second.title) == (TITLE, SECOND)
