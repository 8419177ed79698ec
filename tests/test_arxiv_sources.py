"""arXiv's query API, by id and by title: what is sent, what counts as an answer, what is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import arxiv  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.errors import AnswerError, FetchError
from pipeline.model.records import Facts, Reference, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources import arxiv_api, arxiv_titles
from pipeline.sources.arxiv_feed import facts_of_piece

FEED_TYPE = "application/atom+xml"
CLAUSE = r'(?:ti|all):"[^"\\_()]+"'
GROUP = rf"(?:{CLAUSE}|\({CLAUSE}(?: OR {CLAUSE})*\))"
AS_MEANT = re.compile(rf"{GROUP}(?: OR {GROUP})*")


def entry(arxiv_id: str, title: str = "A title", more: str = "") -> str:
    return (
        f"<entry><id>http://arxiv.org/abs/{arxiv_id}</id><title>{title}</title>"
        "<updated>2024-02-03T23:59:59Z</updated><published>2024-01-02T00:00:00Z</published>"
        f"<summary>  Of\n  it.</summary><author><name>Ann Bo</name></author>{more}</entry>"
    )


def feed(*entries: str, total: int | None = None) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
        ' xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"<opensearch:totalResults>{len(entries) if total is None else total}"
        "</opensearch:totalResults><opensearch:startIndex>0</opensearch:startIndex>"
        f"{''.join(entries)}</feed>"
    ).encode()


def cut(request: Request, content: bytes, status: int = 200) -> Payloads:
    assert request.split_by_key is not None
    return request.split_by_key(request, Reply(status, FEED_TYPE, content))


def read(source: Source, request: Request, content: bytes) -> list[Facts | Reference | Skip]:
    return list(source.read(Answer(request, cut(request, content))))


def sent(request: Request) -> dict[str, str]:
    assert request.url.startswith("https://export.arxiv.org/api/query?")
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def recorded(shared: Path) -> Iterator[tuple[str, int, bytes]]:
    for file in sorted((shared / "fixtures" / "arxiv_query_recorded").glob("*.json")):
        held = json.loads(file.read_text(encoding="utf-8"))
        yield file.name, held["status_code"], held["body"].encode("latin-1")


def answer_named(shared: Path, start: str) -> tuple[int, bytes]:
    return next((s, body) for name, s, body in recorded(shared) if name.startswith(start))


def test_ids_are_sent_in_their_one_form_with_as_many_results_as_ids() -> None:
    request = arxiv_api.SOURCE.ask(["arXiv:2409.01524v2", "hep-th/9901001", "2409.01524", "abc"])
    asked = sent(request)
    assert (asked["id_list"], asked["max_results"]) == ("2409.01524,hep-th/9901001", "2")
    assert len(arxiv_api.SOURCE.ask([f"2409.{n:05}" for n in range(100)]).url) < 1500
    assert sent(arxiv_api.SOURCE.ask(()))["max_results"] == "1"


def test_a_dropped_id_is_unknown_and_the_others_keep_their_own_entry() -> None:
    request = arxiv_api.SOURCE.ask(["2409.00001", "2409.00002v3", "2409.00003"])
    pieces = cut(request, feed(entry("2409.00003v1", "Third"), entry("2409.00001v9", "First")))
    assert [(key, piece is None) for key, piece in pieces] == [
        ("2409.00001", False),
        ("2409.00002v3", True),
        ("2409.00003", False),
    ]
    found = list(arxiv_api.SOURCE.read(Answer(request, pieces)))
    assert [(f.arxiv_id, f.title) for f in found if isinstance(f, Facts)] == [
        ("2409.00001", "First"),
        ("2409.00003", "Third"),
    ]


def test_an_entry_is_read_in_every_field() -> None:
    more = (
        '<category term="cs.LG"/><category term="68T05"/><category term="cs.CL"/>'
        '<arxiv:primary_category term="cs.CL"/><arxiv:comment>5 pages,\n v2</arxiv:comment>'
        "<arxiv:journal_ref>J. Ex. 1 (2024)</arxiv:journal_ref>"
        "<arxiv:doi>10.48550/arXiv.2409.00001 10.1/A 10.1/B</arxiv:doi><author><name>:</name>"
        "</author><author><name>C Do</name><arxiv:affiliation>Uni</arxiv:affiliation></author>"
    )
    title = "On &#x1;&lt;TeX&gt; \x02and\n Gr\u00fc\u00dfe"
    request = arxiv_api.SOURCE.ask(["2409.00001"])
    (facts,) = read(arxiv_api.SOURCE, request, feed(entry("2409.00001v2", title, more)))
    assert isinstance(facts, Facts)
    assert facts.title == "On <TeX> and Gr\u00fc\u00dfe"
    assert (facts.authors, facts.abstract) == (("Ann Bo", "C Do"), "Of it.")
    assert facts.categories == ("cs.CL", "cs.LG")
    assert (facts.published, facts.updated) == (date(2024, 1, 2), date(2024, 2, 3))
    assert (facts.venue, facts.doi, facts.comment) == ("J. Ex. 1 (2024)", "10.1/A", "5 pages, v2")
    assert facts.authorships is not None
    assert [a.institutions for a in facts.authorships] == [(), ("Uni",)]


NO_ANSWERS = {
    "a web page": b"<!DOCTYPE html><html><body>Access Denied</body></html>",
    "an empty page with a total": feed(total=2),
    "too few entries": feed(entry("2409.00001v1"), total=2),
    "other ids": feed(entry("2409.00001v1"), entry("2301.00009v1")),
    "one id twice": feed(entry("2409.00001v1"), entry("2409.00001v2"), total=1),
    "more hits than ids": feed(entry("2409.00001v1"), entry("2409.00002v1"), total=3),
    "an error of an old server": feed(
        entry("x").replace("http://arxiv.org/abs/x", "https://arxiv.org/api/errors#incorrect_id")
    ),
    "an entry without dates": feed(entry("2409.00001v1").replace("published", "other")),
    "a bad date": feed(entry("2409.00001v1").replace("2024-01-02T", "2024-13-02T")),
    "a year out of range": feed(
        entry("2409.00001v1").replace("00:00:00Z", "00:00:00+23:59")
    ).replace(b"2024-01-02", b"0001-01-01"),
    "an entry without title": feed(entry("2409.00001v1", " ")),
    "a total in words": feed(entry("2409.00001v1")).replace(b">1</open", b">one</open"),
    "a later page": feed(entry("2409.00001v1")).replace(b">0</open", b">1</open"),
    "another document": feed(entry("2409.00001v1")).replace(b"feed", b"food"),
    "text": b"Rate exceeded.",
    "nothing": b"",
}


@pytest.mark.parametrize("content", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_cannot_be_the_answer_is_refused(content: bytes) -> None:
    request = arxiv_api.SOURCE.ask(["2409.00001", "2409.00002"])
    with pytest.raises(AnswerError) as caught:
        cut(request, content)
    assert (caught.value.url, caught.value.status) == (request.url, 200)


def test_a_total_that_is_no_number_is_named() -> None:
    with pytest.raises(AnswerError, match="its totalResults is 'one'"):
        cut(arxiv_api.SOURCE.ask(["2409.00001"]), NO_ANSWERS["a total in words"])


def test_a_feed_sent_as_a_failure_is_refused() -> None:
    with pytest.raises(AnswerError, match="failure"):
        cut(arxiv_api.SOURCE.ask(["2409.00001"]), feed(entry("2409.00001v1")), 500)


def test_an_empty_feed_knows_none_of_the_ids() -> None:
    ids = ["2409.00001", "2409.00002"]
    assert cut(arxiv_api.SOURCE.ask(ids), feed()) == tuple((arxiv_id, None) for arxiv_id in ids)


@pytest.mark.parametrize(
    ("name", "asked", "known"),
    [
        ("id_0000", ["2409.00001"], []),
        ("id_0808.05394_1707", ["0808.0539", "1707.08567"], ["1707.08567"]),
        ("id_1605", ["1605.08386"], ["1605.08386"]),
        ("id_astro", ["astro-ph/0601001"], ["astro-ph/0601001"]),
        ("id_quant", ["quant-ph/0201082v1"], ["quant-ph/0201082"]),
    ],
)
def test_recorded_answers_are_read(
    shared: Path, name: str, asked: list[str], known: list[str]
) -> None:
    _, body = answer_named(shared, name)
    found = read(arxiv_api.SOURCE, arxiv_api.SOURCE.ask(asked), body)
    assert [facts.arxiv_id for facts in found if isinstance(facts, Facts)] == known


def test_a_recorded_refusal_names_the_id(shared: Path) -> None:
    status, body = answer_named(shared, "id_abc")
    with pytest.raises(AnswerError, match="incorrect id format for abc"):
        cut(arxiv_api.SOURCE.ask(["2409.00001"]), body, status)


def test_entries_are_read_as_the_client_of_the_arxiv_library_reads_them(shared: Path) -> None:
    for _, _, body in recorded(shared):
        if b"<published>" not in body:
            continue
        client = arxiv.Client(delay_seconds=0, num_retries=0)
        client._session = SimpleNamespace(
            get=lambda url, headers, body=body: SimpleNamespace(status_code=200, content=body)
        )
        found = facts_of_piece("arxiv", body)
        results = list(client.results(arxiv.Search("x", max_results=len(found))))
        assert [f.title for f in found] == [" ".join(r.title.split()) for r in results]
        assert [f.published for f in found] == [r.published.date() for r in results]
        assert [len(f.authors or ()) for f in found] == [len(r.authors) for r in results]


def test_only_queries_that_are_searched_as_meant_are_of_the_form_we_send(shared: Path) -> None:
    pairs = json.loads((shared / "fixtures" / "arxiv_query_rewriting_expected.json").read_text())
    of_our_form = [pair for pair in pairs if AS_MEANT.fullmatch(pair["search_query"])]
    assert len(of_our_form) >= 2
    assert all(pair["search_query"] == pair["server_searches"] for pair in of_our_form)


@given(st.lists(st.text(max_size=80) | st.sampled_from(['NOT A "x" (y)', "a_b"]), max_size=5))
def test_every_title_is_sent_as_quoted_phrases_and_nothing_else(titles: list[str]) -> None:
    query = sent(arxiv_titles.SOURCE.ask(titles)).get("search_query", "")
    assert not query or AS_MEANT.fullmatch(query)
    assert query.count("(") == query.count(")") <= len(titles)


@pytest.mark.parametrize(
    ("title", "clause"),
    [
        ('The "quoted" (new)\n\\ a_b', '(ti:"The quoted new ab" OR all:"The quoted new ab")'),
        ("GPT-4: technical", '(ti:"GPT-4: technical")'),
        ("\ufb01ne \uff02wide\uff02", '(ti:"fine wide" OR all:"fine wide")'),
        (r"Schr\"odinger's \'{e}tude", '(ti:"Schrödinger\'s étude" OR all:"Schrödinger\'s étude")'),
        (r"S$^3$ in $\mathcal{O}(n)$", '(ti:"S ^3 in mathcal O n" OR all:"S ^3 in mathcal O n")'),
        ("a\ud800b", '(ti:"ab" OR all:"ab")'),
        ("한국어 모델", '(ti:"한국어 모델" OR all:"한국어 모델")'),
        ("1 2 3 4 5 6 7 8 9", '(ti:"1 2 3 4 5 6 7 8 9" OR ti:"1 2 3 4 5 6 7")'),
    ],
)
def test_a_title_is_normalised_before_it_is_quoted(title: str, clause: str) -> None:
    assert sent(arxiv_titles.SOURCE.ask([title]))["search_query"] == clause


@given(st.lists(st.text(min_size=500, max_size=3000) | st.just("말" * 900), min_size=5, max_size=5))
@settings(max_examples=20)
def test_five_titles_of_any_length_fit_into_an_address(titles: list[str]) -> None:
    assert len(arxiv_titles.SOURCE.ask(titles).url) < 12_000


def test_what_has_no_letter_is_not_sent_and_nothing_is_sent_twice() -> None:
    assert sent(arxiv_titles.SOURCE.ask(["A b", "?!", "A b"]))["search_query"] == '(ti:"A b")'


@pytest.mark.parametrize(
    ("typed", "title", "alike"),
    [
        ("GPT", "GPT-4 and others", True),
        ("Deep graphs of things", "Things that are deep graphs", True),
        ("Deep graphs of things", "Shallow graphs, others' thing", False),
        ("A b c d", "\u00e1bcd: more", True),
        ("", "A title", False),
    ],
)
def test_titles_are_alike_that_share_most_words_or_contain_one_another(
    typed: str, title: str, alike: bool
) -> None:
    assert arxiv_titles.resembles(typed, title) is alike


def test_each_title_gets_the_entries_that_are_like_it() -> None:
    titles = ["Attention is all you need", "Unheard of", "S^3c-Math"]
    request = arxiv_titles.SOURCE.ask(titles)
    content = feed(
        entry("1706.03762v7", "Attention Is All You Need"),
        entry("2409.01524v1", "S$^3$c-Math: Spontaneous"),
        entry("2010.13154v2", "Attention is All You Need in Speech Separation"),
    )
    pieces = dict(cut(request, content))
    assert pieces["Unheard of"] is None
    found = list(arxiv_titles.SOURCE.read(Answer(request, tuple(pieces.items()))))
    assert [facts.arxiv_id for facts in found if isinstance(facts, Facts)] == [
        "1706.03762",
        "2010.13154",
        "2409.01524",
    ]
    assert all(isinstance(f, Facts) and f.source == "arxiv_titles" for f in found)


def test_several_titles_with_more_hits_than_were_sent_are_to_be_asked_for_one_by_one() -> None:
    hits = [entry(f"2409.{n:05}v1", f"A title {n}") for n in range(1, 51)]
    with pytest.raises(FetchError, match="too many hits for several titles") as caught:
        cut(arxiv_titles.SOURCE.ask(["A title 7", "Another"]), feed(*hits, total=51))
    assert not isinstance(caught.value, AnswerError), "asking again would not mend it"


@pytest.mark.parametrize("total", [1, 51])
def test_a_title_is_not_unknown_where_no_hit_that_was_sent_is_like_it(total: int) -> None:
    hits = [entry(f"2409.{n:05}v1", "Unlike") for n in range(1, min(total, 50) + 1)]
    request = arxiv_titles.SOURCE.ask(["Quite something else"])
    (skip,) = read(arxiv_titles.SOURCE, request, feed(*hits, total=total))
    assert isinstance(skip, Skip)
    assert f"of {total} hits" in skip.reason
    assert cut(request, feed()) == (("Quite something else", None),)


def test_a_piece_about_another_paper_is_a_skip() -> None:
    request = arxiv_api.SOURCE.ask(["2409.00001"])
    pieces = (("2409.00001", feed(entry("2409.00002v1"))),)
    assert isinstance(next(arxiv_api.SOURCE.read(Answer(request, pieces))), Skip)
