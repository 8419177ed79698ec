"""The references that a paper's own source prints; and sources that mean harm."""

from __future__ import annotations

import gzip
import json
import tarfile
import tomllib
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hostile_sources import BBL, MAIN, archive, bombs, member
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import soon_done

from pipeline.model.errors import AnswerError
from pipeline.model.records import Facts, Reference, Skip
from pipeline.model.services import Answer, Reply
from pipeline.sources.eprint import SOURCE
from pipeline.sources.eprint_bibliographies import without_comments
from pipeline.sources.eprint_references import MENDED, references_of
from pipeline.sources.eprint_unpacking import unpacked

PAPER = "2409.01524"
ITEMS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "bibitems.toml").read_text(encoding="utf-8")
)["item"]
KINDS = {"bib": "bibtex", "biblatex": "biblatex"}


def read(content: bytes, status: int = 200) -> Facts | Reference | Skip | None:
    """What is told of a reply; None for an unknown paper."""
    request = SOURCE.ask((PAPER,))
    assert request.split_by_key
    pieces = request.split_by_key(request, Reply(status, "application/gzip", content))
    found = list(SOURCE.read(Answer(request, pieces)))
    assert [key for key, _ in pieces] == [PAPER]
    assert len(found) <= 1
    return found[0] if found else None


def references(content: bytes) -> tuple[Reference, ...]:
    facts = read(content)
    assert isinstance(facts, Facts)
    assert (facts.source, facts.arxiv_id) == ("eprint", PAPER)
    return facts.references or ()


def ids(content: bytes) -> list[str | None]:
    return [reference.arxiv_id or reference.doi for reference in references(content)]


def item_references(item: dict[str, Any]) -> list[Reference]:
    return list(references_of(KINDS.get(item["style"], "bibitem"), [without_comments(item["tex"])]))


def printed(item: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    others = [(arxiv_id or None, doi or None) for arxiv_id, doi in item.get("others", [])]
    return [(item.get("arxiv_id"), item.get("doi")), *others]


def test_every_printed_id_of_170_items_is_found_and_no_other() -> None:
    found: Counter[str] = Counter()
    for item in ITEMS:
        read_ids = [(r.arxiv_id, r.doi) for r in item_references(item)] or [(None, None)]
        wanted, got = (
            {one for pair in said for one in pair if one} for said in (printed(item), read_ids)
        )
        found.update(right=len(wanted & got), wrong=len(got - wanted), missed=len(wanted - got))
        assert read_ids == printed(item), item["tex"]
    assert len(ITEMS) >= 170
    assert found["right"] / (found["right"] + found["wrong"]) >= 0.995
    assert found["right"] / (found["right"] + found["missed"]) >= 0.98


@pytest.mark.parametrize("field", ["title", "first_author", "year"])
def test_titles_authors_and_years_are_told_as_printed(field: str) -> None:
    asked = [item for item in ITEMS if field in item]
    assert len(asked) >= 29
    told = {item["tex"]: getattr(item_references(item)[0], field) for item in asked}
    assert told == {item["tex"]: item[field] for item in asked}


def test_a_mended_typing_error_is_told_in_the_evidence() -> None:
    typed = [item for item in ITEMS if item["style"] == "typing error" and "arxiv_id" in item]
    mended = {r.arxiv_id for item in typed for r in item_references(item) if r.evidence == MENDED}
    assert {"hep-th/9905111", "astro-ph/0601001", "1706.03762", "1312.6114"} <= mended
    assert not {"1609.04747", "1609.04748"} & mended


def test_the_list_is_whole_and_nothing_of_a_comment_or_a_block_switched_off() -> None:
    content = archive({"main.tex": MAIN, "main.bbl": BBL})
    assert ids(content) == ["2301.00001", "10.1145/1.2"]
    facts = read(content)
    assert isinstance(facts, Facts)
    assert facts.references_complete
    assert [r.title for r in facts.references or ()] == ["One title", "Two titles"]
    assert {r.evidence for r in facts.references or ()} == {"printed in the paper's source"}


def test_an_item_that_names_no_work_leaves_the_list_incomplete() -> None:
    bare = BBL.replace(r"\newblock Two titles. \newblock \url", r"Phys. Rev. 1, \foo")
    facts = read(archive({"main.tex": MAIN, "main.bbl": bare.replace("10.1145/", "")}))
    assert isinstance(facts, Facts)
    assert len(facts.references or ()) == 1
    assert not facts.references_complete


def test_the_bbl_of_the_main_file_comes_before_others_and_before_tex_and_bib() -> None:
    other = BBL.replace("2301.", "2302.") + r"\bibitem{c} C. arXiv:2302.00003"
    inline = rf"\documentclass{{article}}{other}"
    bib = "@misc{a, title={T}, eprint={2303.00001}}"
    everything = {"old.bbl": other, "main.tex": MAIN, "x/main.bbl": BBL, "a.bib": bib}
    assert ids(archive(everything))[0] == "2301.00001"
    assert ids(archive({"main.tex": inline, "a.bib": bib}))[0] == "2302.00001"
    assert ids(archive({"main.tex": inline, "main.bbl": "", "a.bib": bib}))[0] == "2302.00001"


def test_of_a_bib_only_what_is_cited_is_taken() -> None:
    bib = (
        "@string{j = {CoRR}}\n@misc{a, title={T}, eprint={2303.00001}}\n"
        "@misc{unused, eprint={2303.00002}}\n@article{b, journal = j # { abs/2303.00031}, "
        'title = "U", doi = {10.1145/3.4}}'
    )
    tex = MAIN.replace("}", "}%\\cite{unused}\n", 1)
    content = archive({"main.tex": tex, "a.bib": bib})
    assert ids(content) == ["2303.00001", "2303.00031"]
    everything = archive({"main.tex": tex.replace("a,b", "*"), "a.bib": bib})
    assert len(references(everything)) == 3


def test_the_bytes_say_what_a_source_is_not_its_name() -> None:
    paper = MAIN.replace(r"\end{document}", BBL + r"\end{document}").encode()
    files = {"main.tex": MAIN, "main.bbl": BBL}
    for content in (paper, gzip.compress(paper), archive(files), gzip.decompress(archive(files))):
        assert ids(content) == ["2301.00001", "10.1145/1.2"]
    assert ids(gzip.compress(paper.replace(b"A.~Li", b"J\xf6rg Li")))[0] == "2301.00001"
    amsrefs = r"\documentclass{a}\bib{x}{article}{title={T}, eprint={math/0211159}}"
    assert ids(gzip.compress(amsrefs.encode())) == ["math/0211159"]


def test_a_source_without_bibliography_is_silent_not_empty() -> None:
    pdf = b"%PDF-1.5 arXiv:2301.00001 %%EOF"
    for content in (pdf, gzip.compress(pdf), archive({"main.tex": MAIN}), archive({"a.pdf": pdf})):
        assert read(content) == Facts("eprint", PAPER)
    assert read(b"<html><title>404 Not Found</title>", 404) is None


def test_only_the_items_are_kept_of_a_source() -> None:
    request = SOURCE.ask((PAPER,))
    assert request.split_by_key
    content = archive({"main.tex": MAIN + "secret", "main.bbl": BBL})
    ((_, piece),) = request.split_by_key(request, Reply(200, "application/gzip", content))
    assert set(json.loads(piece or b"")) == {"kind", "whole", "items"}
    assert b"secret" not in (piece or b"")


def test_what_cannot_be_a_source_is_refused() -> None:
    good = archive({"main.tex": MAIN, "main.bbl": BBL})
    pages = (
        b"",
        b"Rate exceeded.",
        b"<html>\\begin{x}</html>",
        b'{"error": 1}',
        MAIN[:40].encode(),
    )
    plain = gzip.decompress(good)
    for content in (*pages, good[:-9], good[:60], plain[:1500], good[:40] + b"xx" + good[42:]):
        with pytest.raises(AnswerError):
            read(content)
    with pytest.raises(AnswerError):
        read(good, 503)


def test_a_damaged_piece_is_a_skip() -> None:
    request = SOURCE.ask((PAPER,))
    for damaged in (b"", b"{", b"[]", b"{}", b'{"kind": "x", "items": ["a"]}', b'{"items": [1]}'):
        (found,) = SOURCE.read(Answer(request, ((PAPER, damaged),)))
        assert isinstance(found, Skip)


def test_a_source_that_means_harm_is_stopped_in_time_and_writes_nothing(tmp_path: Path) -> None:
    names = []
    for name, content in bombs():
        tracemalloc.start()
        with soon_done():
            try:
                found = read(content)
            except AnswerError:
                found = None
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 200_000_000, (name, peak)
        assert found is None or isinstance(found, Facts | Skip)
        names.append(name)
    assert len(names) >= 50


def test_a_source_over_a_bound_is_a_skip_that_says_so() -> None:
    bomb = gzip.compress(bytes(5_000_000))
    crowded = gzip.compress(member("a.tex") * 5_001 + bytes(1024))
    for content, why in ((bomb, "unpacked"), (crowded, "files")):
        found = read(content)
        assert isinstance(found, Skip)
        assert why in found.reason
    ticks = iter(range(0, 1_000, 5))
    slow = unpacked(archive({"main.tex": MAIN}), lambda: next(ticks))
    assert slow.over_bound is not None
    assert "seconds" in slow.over_bound


def test_a_link_is_never_followed() -> None:
    linked = member("main.bbl", tarfile.SYMTYPE, "other.txt", size=1024)
    content = gzip.compress(linked + BBL.encode().ljust(1024, b"\n") + bytes(1024))
    assert read(content) == Facts("eprint", PAPER)


WORDS = st.sampled_from(
    [*r"\bibitem \newblock \emph{ \url{ \href{ } { [ ] % \% arXiv: 2301.00001 hep-th/9711200 ; , . "
     r"doi: 10.1145/1.2 ``a'' $x$ \'e \entry{a}{b} \endentry \field{title}{ \verb{doi} \begin{ "
     r"@misc{a, title={ = # \cite{ \input{x} \def\a{\a} \a ~ -- ^^M &".split(" "), "\n", "\0", "é"]
)  # fmt: skip


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS | st.text(max_size=5), max_size=60), st.sampled_from(("bbl", "tex", "bib")))
def test_any_tex_at_all_gives_facts(words: list[str], suffix: str) -> None:
    text = " ".join(words).encode("utf-8", "replace")
    found = read(archive({"main.tex": MAIN, f"main2.{suffix}": rb"\bibitem{a}" + text}))
    assert isinstance(found, Facts)
    for kind in ("bibitem", "biblatex", "bibtex"):
        list(references_of(kind, [" ".join(words), "@misc{a, title={" + " ".join(words)]))


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200), st.floats(0, 1), st.sampled_from(("random", "cut", "flip", "gzip")))
def test_any_bytes_at_all_are_facts_or_a_refusal(noise: bytes, place: float, way: str) -> None:
    good = archive({"main.tex": MAIN, "main.bbl": BBL})
    plain = gzip.decompress(good)
    at = int(place * (len(plain) - 1))
    content = {
        "random": noise,
        "cut": good[: int(place * len(good))],
        "flip": gzip.compress(plain[:at] + noise + plain[at + len(noise) :]),
        "gzip": b"\x1f\x8b\x08" + noise,
    }[way]
    try:
        assert isinstance(read(content), Facts | Skip)
    except AnswerError:
        assert way != "flip" or noise
    assert len(list(SOURCE.read(Answer(SOURCE.ask((PAPER,)), ((PAPER, noise),))))) == 1


def test_keys_are_one_in_capitals_or_not_but_where_another_is_the_same() -> None:
    items = r"""\begin{thebibliography}{9}\bibitem{Lee2020} A. Lee, 2020, JST, 3, 4
\bibitem{kim2021} B. Kim, 2021, JST, 5, 6\end{thebibliography}"""
    bib = """@article{lee2020, title={Weighing sand}, eprint={2001.00001}}
@article{KIM2021, title={Weighing rain}, eprint={2101.00001}}
@article{kim2021, title={Weighing snow}, eprint={2101.00002}}
"""
    told = references(archive({"main.tex": MAIN, "main.bbl": items, "a.bib": bib}))
    assert [one.title for one in told] == ["Weighing sand", "Weighing snow"]
    tex = MAIN + r"\cite{LEE2020,Kim2021,kim2021}"
    told = references(archive({"main.tex": tex, "a.bib": bib}))
    assert [one.arxiv_id for one in told] == ["2001.00001", "2101.00001", "2101.00002"]


def test_a_source_packed_in_several_members_is_one() -> None:
    paper = MAIN.replace(r"\end{document}", BBL + r"\end{document}").encode()
    whole = archive({"main.tex": MAIN, "main.bbl": BBL})
    for content in (paper, gzip.decompress(whole)):
        half = len(content) // 2
        packed = gzip.compress(content[:half]) + gzip.compress(content[half:])
        assert ids(packed + b"\0" * 9) == ["2301.00001", "10.1145/1.2"]
        with pytest.raises(AnswerError):
            read(packed[:-9])


def test_names_of_biblatex_keep_their_spaces_prefixes_and_owners() -> None:
    person = (
        r"{{hash=1}{family={Kim}, given={Ada\bibnamedelima B.}, prefix={von\bibnamedelima der}}}"
    )
    other = r"{{hash=2}{family={Lee}, given={Bo}}}"
    team = r"{{hash=3}{family={{Stone Council}}, familyi={S\bibinitperiod}}}"
    items = [
        rf"\entry{{a}}{{book}}{{}} \name{{author}}{{1}}{{}}{{{names}}} \field{{title}}{{Sand}}"
        for names in (person, team + r"} \name{editor}{1}{}{" + other)
    ]
    assert [work.first_author for work in references_of("biblatex", items)] == [
        "Ada B. von der Kim",
        "Stone Council",
    ]
