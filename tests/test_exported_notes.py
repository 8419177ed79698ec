"""What people export from chats, notebooks and libraries, invented in the shapes of programs."""

from __future__ import annotations

import json
from datetime import date

from exported_samples import RDF

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile, Skip

LINK = "https://arxiv.org/abs/2401.00011"
OTHER = "https://arxiv.org/abs/2401.00012"
TITLE = "Slow Cooking of Models"
SECOND = "Ovens for Everyone"
DAY = date(2024, 1, 25)
SECONDS = 1706173200


def read(content: str, name: str = "notes") -> list[Entry | Skip]:
    return list(entries([InputFile(name, lambda: iter([content.encode()]))], FORMATS))


def kept(content: str, name: str = "notes") -> list[Entry]:
    return [record for record in read(content, name) if isinstance(record, Entry)]


def slack(*texts: str, **more: object) -> str:
    messages = [
        {"type": "message", "user": f"U{n}", "text": text, "ts": f"{SECONDS + n}.0002", **more}
        for n, text in enumerate(texts)
    ]
    return json.dumps(messages)


def test_a_day_of_slack_is_read_by_what_it_says_not_by_the_pages_it_shows() -> None:
    shown = [{"from_url": LINK, "title_link": LINK, "title": TITLE, "text": "We cook."}]
    (entry,) = kept(slack(f"<{LINK}>\nwild results", attachments=shown))
    assert (entry.title, entry.arxiv_id, entry.date) == (TITLE, "2401.00011", DAY)
    assert entry.commentary == "wild results"


def test_a_page_that_slack_shows_names_the_link_that_words_stand_behind() -> None:
    shown = [{"title_link": LINK, "title": TITLE, "text": "We cook."}]
    (entry,) = kept(slack(f"<{LINK}|Cook>: this is good", attachments=shown))
    assert (entry.title, entry.arxiv_id, entry.date) == (TITLE, "2401.00011", DAY)
    assert entry.commentary == "this is good"


def test_a_link_sent_alone_names_its_paper_and_no_other_one() -> None:
    said = slack("morning", f"<{LINK}>", "the ablation is neat", f"<{OTHER}>\nfor Friday")
    joined = slack("<@U3> has joined the channel", subtype="channel_join")
    said = json.dumps([*json.loads(said), *json.loads(joined)])
    first, second = kept(said, "2024-01-25.json")
    assert (first.title, first.arxiv_id) == (None, "2401.00011")
    assert (first.date, first.commentary) == (DAY, "the ablation is neat")
    assert (second.arxiv_id, second.commentary) == ("2401.00012", "for Friday")


def test_slacks_lists_of_people_are_no_papers() -> None:
    people = [{"id": "U1", "real_name": "Ann Lee", "profile": {"title": "PhD student"}}]
    (skip,) = read(json.dumps(people), "users.json")
    assert isinstance(skip, Skip)
    assert "Slack" in skip.reason


def test_a_record_that_has_a_title_of_its_own_is_no_message() -> None:
    record = {"text": "good", "date": "2024-01-25", "user": "me"}
    records = [{**record, "title": TITLE, "url": LINK}, {**record, "title": SECOND, "url": OTHER}]
    assert [entry.title for entry in kept(json.dumps(records))] == [TITLE, SECOND]
    nested = [{**record, "paper": {"title": title}} for title in (TITLE, SECOND)]
    assert [entry.title for entry in kept(json.dumps(nested))] == [TITLE, SECOND]


def test_links_within_words_of_telegram_are_kept() -> None:
    pieces = [{"type": "text_link", "text": "Ovens", "href": OTHER}, " is what I meant"]
    said = {"type": "message", "from": "Ann"}
    messages = [
        {"type": "service", "date": "2024-01-25T09:00:00", "title": "Club", "text": ""},
        {**said, "date": "2024-01-25T10:00:00", "text": [TITLE, "\n", LINK]},
        {**said, "date": "2024-01-25T11:00:00", "text": pieces},
    ]
    (entry,) = kept(json.dumps({"name": "Club", "messages": messages}))
    assert (entry.title, entry.arxiv_id, entry.date) == (TITLE, "2401.00011", DAY)
    assert [mention.arxiv_id for mention in entry.mentions] == ["2401.00012"]


def test_a_toot_is_read_as_it_is_shown() -> None:
    words = f'<p>{TITLE}</p><p><a href="{LINK}"><span>arxiv.org/abs/2401.00011</span></a></p>'
    toot = {"type": "Note", "published": "2024-01-25T09:00:00Z", "content": words, "tag": []}
    create = {"type": "Create", "actor": "https://m.example/users/ann", "object": toot}
    (entry,) = kept(json.dumps({"orderedItems": [create]}))
    assert (entry.title, entry.arxiv_id, entry.date) == (TITLE, "2401.00011", DAY)


def _evernote(*notes: str) -> str:
    return f"<?xml version='1.0'?>\n<en-export>\n{chr(10).join(notes)}\n</en-export>"


def _note(title: str, content: str, more: str = "") -> str:
    return (
        f"<note><title>{title}</title><created>20240125T090000Z</created>{more}"
        f"<content><![CDATA[<en-note>{content}</en-note>]]></content></note>"
    )


def test_notes_of_evernote_stay_apart_and_a_clip_is_about_its_page() -> None:
    clip = f"<tag>heat</tag><note-attributes><source-url>{LINK}</source-url></note-attributes>"
    point = '<li><a href="{}">{}</a> - warm</li>'
    points = f"<ul>{point.format(OTHER, SECOND)}{point.format(LINK, TITLE)}</ul>"
    first, second, _ = kept(
        _evernote(
            _note(f"[2401.00011] {TITLE}", f'<div>Like <a href="{OTHER}">ovens</a>.</div>', clip),
            _note("Weekly reading", points),
            _note("Groceries", "<div>milk</div>"),
        ),
        "My Notes.enex",
    )
    assert (first.title, first.arxiv_id, first.tags) == (TITLE, "2401.00011", ("heat",))
    assert [mention.arxiv_id for mention in first.mentions] == ["2401.00012"]
    assert (second.title, second.arxiv_id, second.date) == (SECOND, "2401.00012", DAY)


def test_notes_of_keep_have_their_words_their_points_and_their_labels() -> None:
    note = {"title": TITLE, "createdTimestampUsec": SECONDS * 1_000_000, "isTrashed": False}
    shown = [{"url": LINK, "title": "[2401.00011] A page"}]
    words = {"textContent": f"{LINK}\nGood.", "labels": [{"name": "heat"}], "annotations": shown}
    (entry,) = kept(json.dumps({**note, **words}))
    assert (entry.title, entry.arxiv_id, entry.date) == (TITLE, "2401.00011", DAY)
    assert (entry.tags, entry.commentary) == (("heat",), "Good.")
    points = [{"text": f"{t} {u}", "isChecked": True} for t, u in ((TITLE, LINK), (SECOND, OTHER))]
    listed = kept(json.dumps({**note, "title": "To read", "listContent": points}))
    assert [entry.title for entry in listed] == [TITLE, SECOND]
    (skip,) = read(json.dumps({**note, **words, "isTrashed": True}))
    assert isinstance(skip, Skip)


def test_a_page_that_keep_shows_says_where_a_title_ends() -> None:
    shown = [{"url": LINK, "title": f"[2401.00011] {TITLE}"}]
    note = {"title": "", "createdTimestampUsec": SECONDS * 1_000_000, "annotations": shown}
    (entry,) = kept(json.dumps({**note, "textContent": f"{LINK} - {TITLE}. super"}))
    assert (entry.title, entry.arxiv_id, entry.commentary) == (TITLE, "2401.00011", "super")


def test_points_of_latex_are_an_entry_each_with_what_stands_below_them() -> None:
    source = rf"""\documentclass{{article}}
\begin{{document}}
\section{{Heat}}
\begin{{itemize}}
  \item \textbf{{{TITLE}}} \\ A. Lee, B. Kim \\ \href{{{LINK}}}{{arXiv}} \\ Good.
  \item \href{{{OTHER}}}{{{SECOND}}}. Cy Ng et al.
  \item D.~Roe, ``A Third Paper on Ovens'', \url{{https://arxiv.org/abs/2401.00013}} (2014).
\end{{itemize}}
\end{{document}}
"""
    entries_of_list = kept(source, "list.tex")
    assert [entry.title for entry in entries_of_list] == [TITLE, SECOND, "A Third Paper on Ovens"]
    assert entries_of_list[0].authors == ("A. Lee", "B. Kim")


def test_references_of_latex_have_title_and_authors_however_they_are_set() -> None:
    source = rf"""\begin{{thebibliography}}{{9}}
\bibitem{{a}} A.~Lee \textit{{et al.}} [HEAT Collaboration], ``{TITLE},'' Phys.\ Lett.\ B
\textbf{{716}}, 1 (2012), arXiv:2401.00011.
\bibitem[Lee(2024)]{{b}}
A.~Lee and B.~Kim.
\newblock Ovens for everyone and all.
\newblock In \emph{{Advances in Heat}}, 2024.
\newblock \url{{{OTHER}}}.
\end{{thebibliography}}
"""
    first, second = kept(source, "list.tex")
    assert (first.title, first.authors, first.arxiv_id) == (TITLE, ("A. Lee",), "2401.00011")
    assert second.title == "Ovens for everyone and all"
    assert second.authors == ("A. Lee", "B. Kim")


def test_a_paper_that_a_note_of_a_library_names_is_not_the_one_it_is_on() -> None:
    record = "<record><titles><title>{}</title></titles><notes>{}</notes></record>"
    cited, own = (
        record.format(TITLE, "Cf. arXiv:2401.00012"),
        record.format(SECOND, f"{OTHER}\nGood."),
    )
    first, second = kept(f"<xml><records>{cited}{own}</records></xml>")
    assert first.arxiv_id is None
    assert [mention.arxiv_id for mention in first.mentions] == ["2401.00012"]
    assert second.arxiv_id == "2401.00012"


def test_keywords_on_lines_of_their_own_and_the_day_of_access_are_read() -> None:
    (entry,) = kept(f"%0 Generic\n%T {TITLE}\n%K slow ovens\nheat\n%[ 2024-01-25\n%U {LINK}\n")
    assert (entry.tags, entry.date) == (("slow ovens", "heat"), DAY)


def test_a_title_of_pubmed_has_no_stop_and_no_brackets() -> None:
    record = "PMID- 1\nOWN - NLM\nTI  - {}\nFAU - Lee, Ann\nOT  - *heat\n\n"
    first, second = kept(record.format(f"{TITLE}.") + record.format(f"[{SECOND}]."))
    assert (first.title, second.title, first.tags) == (TITLE, SECOND, ("heat",))


def test_a_yes_in_a_table_is_no_tag() -> None:
    table = f"Title,URL,Document tags\n{TITLE},{LINK},heat\n{SECOND},{OTHER},\n"
    assert [entry.tags for entry in kept(table)] == [("heat",), ()]
    seen = f"Title,URL,Seen\n{TITLE},{LINK},True\n{SECOND},{OTHER},True\n"
    assert [entry.tags for entry in kept(seen)] == [(), ()]


def test_an_item_of_zoteros_rdf_has_what_stands_beside_it() -> None:
    entry, alone = kept(RDF, "library.rdf")
    assert (entry.title, entry.authors, entry.arxiv_id) == (TITLE, ("Ann Lee",), "2401.00011")
    assert entry.tags == ("ovens", "Chapter 2", "Thesis")
    assert (entry.venue, entry.doi, entry.date) == ("Journal of Heat", "10.1000/heat.1", DAY)
    assert [mention.arxiv_id for mention in entry.mentions] == ["2401.00012"]
    assert (alone.title, alone.commentary) == (None, "Ask Bo.")


def test_rdf_without_items_says_what_to_export() -> None:
    (skip,) = read("\n".join([*RDF.split("\n")[:4], "</rdf:RDF>"]), "library.rdf")
    assert isinstance(skip, Skip)
    assert "BibTeX" in skip.reason


def _telegram(time: str, name: str, said: str) -> str:
    who = f'<div class="from_name">{name}</div>' if name else ""
    when = f'<div class="pull_right date details" title="{time} UTC+01:00">12:00</div>'
    shown = f'<div class="body">{when}{who}<div class="text">{said}</div></div>'
    return f'<div class="message default">{shown}</div>'


def test_a_chat_on_a_page_of_telegram_is_its_messages() -> None:
    link = f'<a href="{LINK}">{LINK}</a>'
    messages = [
        _telegram("25.01.2024 12:00:00", "Ann Lee", f"<strong>{TITLE}</strong><br>{link}<br>Good."),
        _telegram("25.01.2024 12:01:00", "", f'like <a href="{OTHER}">theirs</a>'),
    ]
    chat = f'<div class="page_body chat_page">{"".join(messages)}</div>'
    (entry,) = kept(f"<html><body>{chat}</body></html>", "messages.html")
    assert (entry.title, entry.authors, entry.date) == (TITLE, None, DAY)
    assert [mention.arxiv_id for mention in entry.mentions] == ["2401.00012"]


def test_a_chat_on_a_page_of_discord_is_its_messages() -> None:
    day = 'title="Thursday, January 25, 2024 9:00 AM"'
    head = f'<i class="chatlog__author">Ann</i><i class="chatlog__timestamp" {day}>9</i>'
    said = '<div class="chatlog__content"><span>{}</span></div>'
    message = '<div class="chatlog__message-container">{}</div>'
    messages = [head + said.format(f'<a href="{LINK}">{LINK}</a>\nGood.'), said.format("Warm.")]
    chat = f'<div class="chatlog">{"".join(map(message.format, messages))}</div>'
    (entry,) = kept(f"<html><body>{chat}</body></html>", "papers.html")
    assert (entry.arxiv_id, entry.date, entry.commentary) == ("2401.00011", DAY, "Good.\nWarm.")


def test_a_page_of_notion_is_its_readers_note() -> None:
    rows = [
        ("Tags", "<span>heat</span>"),
        ("Link", f'<a href="{LINK}">{LINK}</a>'),
        ("Authors", "Ann Lee"),
    ]
    table = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
    title = f'<h1 class="page-title">{TITLE}</h1>'
    head = f'<header>{title}<table class="properties">{table}</table></header>'
    page = (
        f'<html><body><article id="1" class="page sans">{head}<p>Good.</p></article></body></html>'
    )
    (entry,) = kept(page, "a.html")
    assert (entry.title, entry.authors, entry.arxiv_id) == (TITLE, ("Ann Lee",), "2401.00011")
    assert (entry.tags, entry.commentary) == (("heat",), "Good.")


def test_each_card_of_a_canvas_is_a_note_and_those_without_a_link_are_one() -> None:
    said = [
        {"id": "1", "type": "text", "text": f"# {TITLE}\n{LINK}\nSee 2401.00012 too. #ovens"},
        {"id": "2", "type": "link", "url": "https://arxiv.org/abs/2401.00013"},
        {"id": "3", "type": "file", "file": "Papers/2401.00014.md"},
        {"id": "4", "type": "group", "label": "https://arxiv.org/abs/2401.00015"},
        {"id": "5", "type": "text", "text": f"{SECOND} Again\nAnn Lee, Bo Kim\nfor Friday"},
        "no card", {"type": "text", "text": 7}, {"id": "6", "type": "text", "text": "ask Bo"},
    ]  # fmt: skip
    said += [{"id": "7", "type": "text", "text": "buy milk"}]
    records = read(json.dumps({"nodes": said, "edges": []}, indent=1), "b.canvas")
    first, second, third = (record for record in records if isinstance(record, Entry))
    assert sum(isinstance(record, Skip) for record in records) <= 1
    assert (first.title, first.arxiv_id, first.tags) == (TITLE, "2401.00011", ("ovens",))
    assert [mention.arxiv_id for mention in first.mentions] == ["2401.00012"]
    assert (first.line_start, second.line_start) == (6, 11)
    assert (second.title, second.arxiv_id, second.names) == (None, "2401.00013", ())
    assert (third.title, third.authors) == (f"{SECOND} Again", ("Ann Lee", "Bo Kim"))
