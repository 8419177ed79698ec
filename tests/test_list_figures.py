"""The figures on lists: that they count what they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from small_catalogue import catalogue_of, record, sought

from benchmarks.matching.lists import KINDS, interval, kind_of, report, shares, sources, trials
from pipeline.catalogue.search import Catalogue

TITLE = "Learning to Sort Small Stones by Weight"
OTHER = "Of Rivers, Their Sand and Their Names"


def test_a_list_is_tried_hidden_shown_and_with_wrong_links_and_its_own_are_counted_apart(
    tmp_path: Path,
) -> None:
    records = (
        record("2401.00001", TITLE),
        record("2402.00002", OTHER, authors="Xu Yan"),
        record("2403.00003", TITLE, authors="Bo Kim, Cy Ng"),
    )
    right = sought(TITLE, "Ann Lee", "Bo Kim", arxiv_id="2401.00001")
    alone = sought(OTHER, arxiv_id="2402.00002", day=None)
    list_wrong = replace(alone, arxiv_id="2401.00001")
    absent = sought("Bread and Wine in the Towns of Old", arxiv_id="2312.00001")
    with Catalogue(catalogue_of(tmp_path, *records)) as catalogue:
        tried = trials([right, alone, list_wrong, absent], catalogue)
    assert [trial.kind for trial in tried] == [KINDS[2], KINDS[0], KINDS[0], KINDS[1]]
    assert [trial.list_wrong for trial in tried] == [False, False, True, False]
    assert [trial.out.match.arxiv_id for trial in tried[:2]] == [None, None]
    assert [trial.shown is not None for trial in tried] == [True, True, True, False]
    counted = {share.name: (share.right, share.of) for share in shares(tried)}
    assert counted["lists: found, title alone"] == (1, 2)
    assert counted["lists: found, title, date or authors"] == (1, 1)
    assert counted["lists: precision"] == (2, 3)
    lines = list(report({"a list": tried}))
    assert any("the list is wrong, wrong: a list: 2401.00001 taken for" in line for line in lines)
    assert any(line.startswith("lists: precision") and "2/2" in line for line in lines)


def test_sources_are_folders_and_their_entries_that_print_an_id_and_a_title(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    listed = f"# Papers\n\n- [{TITLE}](https://arxiv.org/abs/2401.00001)\n- No link\n"
    (tmp_path / "one" / "list.md").write_text(listed, encoding="utf-8")
    (found,) = sources([tmp_path])
    assert (found.name, [entry.title for entry in found.entries]) == ("one", [TITLE])
    assert kind_of(found.entries[0]) == KINDS[0]
    assert interval(0, 3500) == "0.0-0.1"


def test_a_name_for_a_title_and_a_beginning_of_anothers_are_told_by_the_records_alone(
    tmp_path: Path,
) -> None:
    long = "Scaling Small Models at Test Time Can Be Better than Scaling Their Size"
    records = (record("2401.00001", TITLE), record("2401.00002", long), record("2401.00003", OTHER))
    # The list links one unknown id under two titles, of which one is a record's.
    twice = [sought(title, arxiv_id="2312.00009") for title in (TITLE, "Bread and Wine of Old")]
    typed = {
        "2401.00001": (TITLE.removesuffix(" by Weight"), True),
        "2401.00002": ("StoneSort", False),
        "2401.00003": ("Scaling Small Models at Test Time", False),
    }
    with Catalogue(catalogue_of(tmp_path, *records)) as catalogue:
        listed = [sought(title, arxiv_id=printed) for printed, (title, _) in typed.items()]
        tried = trials(listed, catalogue)
        doubled = trials(twice, catalogue)
    assert [trial.list_wrong for trial in doubled] == [True, False]
    assert [trial.titled for trial in tried] == [titled for _, titled in typed.values()]
    assert [trial.list_wrong for trial in tried] == [False, False, True]
    assert any(line.endswith("/1") and "a name" in line for line in report({"a": tried}))
