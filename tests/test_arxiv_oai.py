"""arXiv's OAI-PMH pages; and hostile or damaged XML from arXiv, which must stay harmless."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import soon_done

from pipeline.model.errors import AnswerError
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Reply, Request
from pipeline.sources import arxiv_api, arxiv_titles
from pipeline.sources.arxiv_oai import Deleted, harvest_request, read_harvest, read_records

TITLE = "A title"
FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/">'
    "<o:totalResults>1</o:totalResults><o:startIndex>0</o:startIndex>"
    f"<entry><id>http://arxiv.org/abs/2409.00001v1</id><title>{TITLE}</title>"
    "<updated>2024-02-03T00:00:00Z</updated><published>2024-01-02T00:00:00Z</published>"
    "<summary>Of it &amp; more</summary><author><name>Ann Bo</name></author></entry></feed>"
).encode()
BY_ID = arxiv_api.SOURCE.ask(["2409.00001"])
BY_TITLE = arxiv_titles.SOURCE.ask([TITLE])
HARVEST = harvest_request(date(2024, 1, 1), date(2024, 1, 31))


def record(arxiv_id: str, metadata: str, status: str = "") -> str:
    return (
        f"<record><header{status}><identifier>oai:arXiv.org:{arxiv_id}</identifier></header>"
        f"<metadata>{metadata}</metadata></record>"
    )


def arxiv_record(arxiv_id: str, more: str = "", form: str = "arXiv") -> str:
    return record(
        arxiv_id,
        f'<{form} xmlns="http://arxiv.org/OAI/{form}/"><id>{arxiv_id}</id>'
        f"<title>T\n  {arxiv_id}</title>{more}</{form}>",
    )


def page(*records: str, after: str = "") -> bytes:
    listed = f"<ListRecords>{''.join(records)}{after}</ListRecords>"
    return f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{listed}</OAI-PMH>'.encode()


def saved(shared: Path, name: str) -> bytes:
    folder = shared / "fixtures" / "arxiv_oai_rendered_from_server_templates"
    return (folder / f"{name}.xml").read_bytes()


def test_a_window_is_asked_for_and_then_its_tokens_alone() -> None:
    first = harvest_request(date(2024, 1, 1), date(2024, 1, 31), "cs:cs:LG")
    assert parse_qs(urlsplit(first.url).query) == {
        "verb": ["ListRecords"],
        "metadataPrefix": ["arXiv"],
        "from": ["2024-01-01"],
        "until": ["2024-01-31"],
        "set": ["cs:cs:LG"],
    }
    token = "verb%3DListRecords%26skip%3D77"
    then = harvest_request(date(2024, 1, 1), date(2024, 1, 31), "cs:cs:LG", token)
    assert parse_qs(urlsplit(then.url).query) == {
        "verb": ["ListRecords"],
        "resumptionToken": [token],
    }


@pytest.mark.parametrize("form", ["arXiv", "arXivRaw", "oai_dc"])
def test_each_format_of_the_server_gives_the_same_facts(shared: Path, form: str) -> None:
    records, token = read_records(saved(shared, f"ListRecords_{form}"))
    (facts,) = records
    assert isinstance(facts, Facts)
    assert (facts.source, facts.arxiv_id) == ("arxiv_oai", "0804.2273")
    assert facts.title == "An example title with <math> & ampersand"
    assert facts.authors == ("A. B. Author", "C. Döe Jr")
    assert facts.categories == (None if form == "oai_dc" else ("hep-ph", "cs.LG"))
    assert (facts.published, facts.updated) == (date(2008, 4, 15), date(2009, 5, 2))
    assert (facts.doi, facts.venue) == ("10.1000/xyz", "J.Ex. 1 (2008) 1")
    assert (facts.abstract, facts.comment) == ("Abstract line one.", "5 pages")
    assert facts.topics is None
    assert token is not None
    assert token.endswith("skip%3D77")


def test_no_records_is_an_empty_page_and_every_other_error_is_refused(shared: Path) -> None:
    assert read_records(saved(shared, "error_noRecordsMatch")) == ((), None)
    for code in ("badResumptionToken", "idDoesNotExist"):
        with pytest.raises(AnswerError, match=code):
            read_records(saved(shared, f"error_{code}"))


@pytest.mark.parametrize(
    "after", ["", "<resumptionToken/>", "<resumptionToken> </resumptionToken>"]
)
def test_the_last_page_has_no_token(after: str) -> None:
    assert read_records(page(arxiv_record("2409.00001"), after=after)).token is None


def test_a_record_that_cannot_be_read_is_a_skip_and_a_deleted_one_is_said_to_be() -> None:
    content = page(
        arxiv_record("2409.00001"),
        record("math/0309136", "", ' status="deleted"'),
        record("2409.00003", "<x/>"),
        arxiv_record("2409.00004", "<created>2024-99-01</created>"),
        arxiv_record("abc"),
        arxiv_record("2409.00005").replace("title>", "subject>"),
        arxiv_record("2409.00006").replace("<id>2409.00006", "<id>2409.00007"),
    )
    records = read_records(content).records
    assert [type(one) for one in records] == [Facts, Deleted, *[Skip] * 5]
    assert records[1] == Deleted("math/0309136")
    answer = Answer(HARVEST, ((HARVEST.url, content), (HARVEST.url, b"<cut")))
    assert [type(one) for one in read_harvest(answer)] == [Facts, *[Skip] * 6]


def test_a_printed_author_list_is_cut_into_names() -> None:
    printed = "ATLAS Collaboration: A. Bo (1, (2)), C. Do, Jr. and E. Fu; G. Hu ((1) A, B (2) C)"
    content = page(arxiv_record("2409.00001", f"<authors>{printed}</authors>", "arXivRaw"))
    (facts,) = read_records(content).records
    assert isinstance(facts, Facts)
    assert facts.authors == ("ATLAS Collaboration", "A. Bo", "C. Do Jr.", "E. Fu", "G. Hu")


def dublin_core(*fields: str) -> bytes:
    listed = "".join(f"<{f}</{f.partition('>')[0]}>" for f in ("title>T", *fields))
    space = "http://www.openarchives.org/OAI/2.0/oai_dc/"
    return page(record("2409.00001", f'<o:dc xmlns:o="{space}">{listed}</o:dc>'))


def test_dublin_core_days_come_in_any_order_and_its_link_is_checked() -> None:
    days = ("date>2024-02-03", "date>2024-01-02")
    (facts,) = read_records(dublin_core(*days)).records
    assert isinstance(facts, Facts)
    assert (facts.published, facts.updated) == (date(2024, 1, 2), date(2024, 2, 3))
    link = "identifier>http://arxiv.org/abs/2409.00002"
    assert isinstance(read_records(dublin_core(link)).records[0], Skip)


def test_a_paper_of_one_version_was_last_changed_when_it_was_made() -> None:
    content = page(arxiv_record("2409.00001", "<created>2024-01-02</created>"))
    (facts,) = read_records(content).records
    assert isinstance(facts, Facts)
    assert (facts.published, facts.updated) == (date(2024, 1, 2), date(2024, 1, 2))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (page().replace(b"ListRecords", b"Identify"), "lists no records"),
        (page(arxiv_record("2409.00001")).replace(b"OAI-PMH", b"OAI"), "its root is"),
        (b"<!DOCTYPE OAI-PMH>" + page(arxiv_record("2409.00001")), "declares a document type"),
        (page(arxiv_record("2409.00001", "<x>" * 500 + "</x>" * 500)), "not whole XML"),
    ],
)
def test_a_page_is_refused_for_its_own_reason(content: bytes, reason: str) -> None:
    with pytest.raises(AnswerError, match=reason):
        read_records(content)


def test_a_page_is_utf8_whatever_it_declares_and_no_failure() -> None:
    content = b'<?xml version="1.0" encoding="iso-8859-1"?>' + page(
        arxiv_record("2409.00001", "<abstract>Gr\u00fc\u00dfe</abstract>")
    )
    assert not outcome(HARVEST, content).startswith("refused")
    (facts,) = read_records(content).records
    assert isinstance(facts, Facts)
    assert facts.abstract == "Gr\u00fc\u00dfe"
    assert outcome(HARVEST, content, 503).startswith("refused")


@pytest.mark.parametrize(
    "content",
    [page(), page(arxiv_record("2409.00001"))[:-12], b"<html/>", b"", b"<OAI-PMH/>", FEED],
)
def test_what_is_no_page_of_records_is_refused_with_its_place(content: bytes) -> None:
    with pytest.raises(AnswerError, match=r"^saved\.xml: "):
        read_records(content, "saved.xml")


def test_a_document_over_the_limit_is_refused_unparsed() -> None:
    with soon_done(), pytest.raises(AnswerError, match="over 33554432 bytes"):
        read_records(b"<a>" * 2**24)


def hostile(secret: Path) -> list[bytes]:
    address = secret.as_uri()
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    heads = [
        f'<!DOCTYPE feed [<!ENTITY e0 "{"A" * 100}">{bomb}<!ENTITY e "&e9;">]>',
        f'<!DOCTYPE feed [<!ENTITY e SYSTEM "{address}">]>',
        f'<!DOCTYPE feed [<!ENTITY % p SYSTEM "{address}"> %p;<!ENTITY e "x">]>',
        f'<!DOCTYPE feed SYSTEM "{address}">',
        f'<?xml-stylesheet href="{address}"?>',
        "",
    ]
    include = (
        f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'
    )
    texts = ["&e;", include, "<x>" * 5000, "&#0;&#x1F;"]
    whole = [
        head.encode() + FEED.replace(b"<title>A title", f"<title>A title {text}".encode())
        for head in heads
        for text in texts
    ]
    return whole + [one.decode().encode("utf-16") for one in whole]


def test_no_entity_is_expanded_and_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY", encoding="utf-8")
    for content in hostile(secret):
        for request, source in ((BY_ID, arxiv_api), (BY_TITLE, arxiv_titles)):
            pieces = ((request.keys[0], content),)
            shown = repr(list(source.SOURCE.read(Answer(request, pieces)))) + outcome(
                request, content
            )
            assert "CANARY" not in shown
            assert "A" * 50 not in shown
            assert len(shown) < 10_000
        assert outcome(HARVEST, content).startswith("refused")


def outcome(request: Request, content: bytes, status: int = 200) -> str:
    """What is cut of an answer, or the word that it was refused with; no other error passes."""
    assert request.split_by_key is not None
    with soon_done():
        try:
            return repr(request.split_by_key(request, Reply(status, "text/xml", content)))
        except AnswerError as error:
            return f"refused: {error}"


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_answers_are_refused_or_read_and_never_an_error(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([FEED, page(arxiv_record("2409.00001"), after="<t/>")]))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    put = data.draw(st.binary(max_size=20) | st.sampled_from([b"", b"&#x0;", b"</entry>", b"<a"]))
    content = data.draw(st.sampled_from([whole[:start] + put + whole[end:], put * 50]))
    for request in (BY_ID, BY_TITLE, HARVEST):
        outcome(request, content, data.draw(st.sampled_from([200, 400, 503])))
    for source, request in ((arxiv_api.SOURCE, BY_ID), (arxiv_titles.SOURCE, BY_TITLE)):
        found = list(source.read(Answer(request, ((request.keys[0], content),))))
        assert len(found) == 1 or content == whole
    list(read_harvest(Answer(HARVEST, ((HARVEST.url, content),))))


@given(st.integers(0, len(FEED) - 1))
def test_an_answer_that_was_cut_short_is_never_taken_for_an_answer(length: int) -> None:
    for request in (BY_ID, BY_TITLE):
        assert outcome(request, FEED[:length]).startswith("refused")
