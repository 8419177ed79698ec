"""A month, told: what counts for it, and what a page of it may hold."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from loaded_commands import run
from lxml import html

from pipeline.analyse.examples import dated, graph
from pipeline.analyse.telling import span_report, tag_shifts
from pipeline.export.telling.markdown import markdown
from pipeline.export.telling.page import page
from pipeline.model.errors import UsageError
from pipeline.model.spans import month_span, since_span, spans_before, week_span

SEPTEMBER = month_span("2024-09")
FIRST, LAST = date(2024, 9, 1), date(2024, 9, 30)
DAY = timedelta(days=1)
EVIL = 'A </svg><script>ran()</script> [x](javascript:ran()) <img src=x onerror=ran()> "href"'


def read_on(*days: date) -> dict[str, object]:
    return {"in_digest": True, "entry_dates": list(days), "kind": "paper"}


def test_a_month_holds_its_first_and_last_day_and_no_other() -> None:
    papers = {str(n): read_on(day) for n, day in enumerate((FIRST - DAY, FIRST, LAST, LAST + DAY))}
    read = span_report(*graph([], **papers), SEPTEMBER).read
    assert [row["day"] for row in read] == [FIRST, LAST]


def test_a_week_is_that_of_the_calendar_also_at_the_turn_of_a_year() -> None:
    assert week_span("2021-W01").first == date(2021, 1, 4)
    assert week_span("2020-W53")[:2] == (date(2020, 12, 28), date(2021, 1, 3))
    assert [span.name for span in spans_before(week_span("2021-W01"), 2)] == [
        "week-2020-W53",
        "week-2021-W01",
    ]
    assert week_span("2021w01") == week_span("2021-W01")
    assert since_span("2024-09-05", date(2024, 9, 1)).last == date(2024, 9, 5)
    with pytest.raises(UsageError, match="'9999-12-31' is no day"):
        since_span("9999-12-31", date(2024, 9, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2024-13",
        "13/2024",
        "2024-00",
        "2024",
        "march",
        "soon 2024",
        "202409",
        "0000-01",
        "9999-01",
        "",
    ],
)
def test_what_is_no_month_is_told(text: str) -> None:
    with pytest.raises(UsageError):
        month_span(text)


@pytest.mark.parametrize(
    "text",
    (
        "2024-9,2024/09,2024.9,9/2024,09.2024,sep 2024,September 2024,2024 Sept,2024年9月,"
        "2024년 9월,septiembre de 2024,Settembre 2024, sept.  2024 "
    ).split(","),
)
def test_a_month_may_be_written_as_people_write_it(text: str) -> None:
    assert month_span(text) == SEPTEMBER


def uses(tag: str, now: int, before: int) -> list[tuple[str, str, str, date]]:
    days = [*[FIRST] * now, *[FIRST - DAY] * before]
    return [(f"{tag}-{number}", "tagged", f"tag:{tag}", day) for number, day in enumerate(days)]


def test_a_tag_rises_from_twice_its_share_on_and_fades_below_half_of_it() -> None:
    # 20 papers now and 39 before: the share of a tag is (before + 0.5) / 2.
    tags = {"rises": (4, 3), "grows": (3, 3), "fades": (1, 8), "halves": (2, 7), "rest": (10, 18)}
    tables = dated(use for tag, counts in tags.items() for use in uses(tag, *counts))
    changes = {row["label"]: row["change"] for row in tag_shifts(*tables, SEPTEMBER)}
    assert changes == {"rises": "rise", "fades": "fade"}
    assert tag_shifts(*dated(uses("new", 9, 0)), SEPTEMBER) == []


def test_an_old_paper_is_new_again_where_it_is_read_mentioned_or_cited_now() -> None:
    old = FIRST - DAY
    papers = {
        "again": read_on(old, LAST),
        "said": read_on(old),
        "cited": read_on(old),
        "quiet": read_on(old),
        "now": read_on(FIRST),
        "later": read_on(LAST + DAY),
    }
    links = [("now", "cites", "cited"), ("again", "cites", "quiet"), ("later", "cites", "quiet"),
             ("now", "mentions", "said"), ("now", "cites", "unread")]  # fmt: skip
    nodes, edges = graph(links, **papers)
    days = [[FIRST] if kind == "mentions" else None for kind in edges["kind"].to_pylist()]
    place = edges.column_names.index("entry_dates")
    field = edges.schema.field("entry_dates")
    edges = edges.set_column(place, field, pa.array(days, field.type))
    found = span_report(nodes, edges, SEPTEMBER)
    names = ("again", "mentioned_by", "cited_by")
    assert {row["id"]: tuple(row[name] for name in names) for row in found.old} == {
        "again": ([LAST], [], []),
        "said": ([], ["now"], []),
        "cited": ([], [], ["now"]),
    }
    assert [row["id"] for row in found.missing] == ["unread"]
    assert [(row["id"], row["by"]) for row in found.mentioned] == [("said", "now")]
    assert (len(found.read), found.unheard) == (2, 0)


def test_no_text_of_others_acts_in_the_page_or_in_markdown() -> None:
    hostile = {"label": EVIL, "commentary": EVIL, "url": 'https://x/"onload="ran()'}
    nodes, edges = graph([("p", "cites", "w"), ("p", "tagged", "tag:t")],
                         p=read_on(FIRST) | hostile,
                         w={"label": EVIL, "url": "javascript:ran()"})  # fmt: skip
    report = span_report(nodes, edges, SEPTEMBER)
    made = page(report, nodes)
    tree = html.fromstring(made.decode())
    assert not tree.xpath("//script|//img|//iframe|//link|//form|//@onerror|//@onload|//@style")
    assert all(link.startswith("https://") for link in tree.xpath("//@href|//@src"))
    assert EVIL in tree.xpath("string(//main)")
    text = markdown(report).decode()
    assert "\\[x\\](javascript" in text
    assert "<script" not in text.replace("\\<script", "")


def test_titles_are_read_without_the_marks_of_tex_on_page_and_in_markdown() -> None:
    label = r"Up to $10\times$ of R\"ontgen's $5 and $10"
    work = {"label": r"A $\beta$ of Many"}
    nodes, edges = graph([("p", "cites", "w")], p=read_on(FIRST) | {"label": label}, w=work)
    report = span_report(nodes, edges, SEPTEMBER)
    seen = html.fromstring(page(report, nodes).decode()).xpath("string(//main)")
    for text, places in ((seen, 3), (markdown(report).decode().replace("\\$", "$"), 2)):
        # The page names it on its map, too.
        assert text.count("Up to 10× of Röntgen's $5 and $10") == places
        assert "A β of Many" in text


def test_the_page_shows_what_readers_write_as_they_mean_it_and_the_markdown_keeps_it() -> None:
    note = (
        "**Bold** and _slanted_ `a < b`, [a link](https://a.org), [[A note|named]]\n\n"
        f"- one\n- two [bad](javascript:ran()) [old](http://b.org) {EVIL}\n\n"
        f"```\n{EVIL}\n```\n{'long ' * 99} **end**"
    )
    nodes, edges = graph([], p=read_on(FIRST) | {"commentary": note})
    report = span_report(nodes, edges, SEPTEMBER)
    said = html.fromstring(page(report, nodes).decode()).xpath("//blockquote")[0]
    shown = {name: said.xpath(f"string(.//{name})") for name in ("strong", "em", "code", "a")}
    assert shown == {"strong": "Bold", "em": "slanted", "code": "a < b", "a": "a link"}
    assert said.xpath("string(./ul/li[1])") == "one"
    assert said.xpath("//@href") == ["https://a.org"]
    assert "named" in said.text_content()
    assert "[[" not in said.text_content()
    assert not said.xpath("//script|//img|//@onerror")
    assert said.text_content().strip().endswith("long …")
    assert "\\*\\*Bold\\*\\* and" in markdown(report).decode()


def test_the_command_writes_both_files_and_says_what_is_in_them(
    seed_outputs: Path, tmp_path: Path
) -> None:
    done = run("month", "-o", seed_outputs, "--to", tmp_path)
    assert "7 papers read; 2 mentions of other papers" in done.stdout
    text = (tmp_path / "month-2024-09.md").read_text(encoding="utf-8")
    assert "멀티 턴으로" in text
    assert "멀티 턴으로" in (tmp_path / "month-2024-09.html").read_text(encoding="utf-8")
    week = run("month", "--week", "2024-W36", "-o", seed_outputs, "--to", tmp_path, "--json")
    answered = json.loads(week.stdout)
    assert len(answered["read"]) == 7
    assert Path(answered["files"][0]).is_file()
    empty = run("month", "2019-01", "-o", seed_outputs, "--to", tmp_path)
    assert "0 papers read" in empty.stdout
    assert "Your entries are of 2024-09-05 to 2024-09-05.\n" in empty.stdout
    assert "Your entries are of" not in done.stdout
    both = run("month", "2024-09", "--week", "2024-W36", "-o", seed_outputs)
    assert (both.returncode, both.stdout) == (2, "")
