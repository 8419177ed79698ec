"""What a reader writes before, behind and above a paper's name is told from the name."""

from __future__ import annotations

import re

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.leads import without_state
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile, Skip

LINK = "https://arxiv.org/abs/2401.00001"


def records(text: str, name: str = "notes.md") -> list[Entry | Skip]:
    return list(entries([InputFile(name, lambda: iter([text.encode()]))], FORMATS))


def read(text: str, name: str = "notes.md") -> list[Entry]:
    return [record for record in records(text, name) if isinstance(record, Entry)]


def test_words_behind_the_link_of_a_title_are_the_readers() -> None:
    (entry,) = read(f"**Sorting Small Stones** ({LINK}): buena idea\n")
    assert (entry.title, entry.commentary) == ("Sorting Small Stones", "buena idea")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"Leí **Sorting Stones** ({LINK})", "Sorting Stones"),
        (f"Hoy leí por fin *Sorting Small Stones* ({LINK})", "Sorting Small Stones"),
        (f"Finalmente letto “Sorting Small Stones” {LINK}", "Sorting Small Stones"),
        (f"Прочитал [Sorting Small Stones]({LINK})", "Sorting Small Stones"),
        ("Heute: PebbleNet (arXiv:2401.00001).", "PebbleNet"),
        ("jeudi : PebbleNet (arXiv:2401.00001)", "PebbleNet"),
        ("Next week: Chen, PebbleNet (2401.00001).", "PebbleNet"),
        ("Bo: but Pebble-Sorting (2401.00001) does better.", "Pebble-Sorting"),
        (f"Pebbles: Sorting Small Stones ({LINK})", "Pebbles: Sorting Small Stones"),
    ],
)
def test_words_days_and_speakers_before_a_name_are_no_part_of_it(line: str, title: str) -> None:
    (entry,) = read(f"- {line}\n")
    assert (entry.title, entry.arxiv_id) == (title, "2401.00001")


def test_words_before_a_link_that_leads_to_no_paper_name_none() -> None:
    assert not read("- Please feel free to [Submit Pull Request](https://github.com/a/b/pulls)\n")


def test_what_stands_behind_the_link_of_a_box_to_tick_is_its_name() -> None:
    other = LINK.replace("00001", "00002")
    first, second = read(f"- [ ] {LINK} Pebble\n- [x] {other} Stone 7B — done, good\n")
    assert (first.title, first.commentary) == ("Pebble", None)
    assert (second.title, second.commentary) == ("Stone 7B", "done, good")
    assert [entry.title for entry in read(f"- {LINK} Great!\n- {other} Nice\n")] == [None, None]


@pytest.mark.parametrize(
    "line",
    [
        "Follow-up to Pebble Nets (https://arxiv.org/abs/2401.00009), but faster.",
        "Superseded by Pebble-Nets (https://arxiv.org/abs/2401.00009).",
        "Fast enough on pebbles",
    ],
)
def test_words_below_an_id_in_the_front_matter_are_no_title(line: str) -> None:
    (entry,) = read(f"---\narxiv: 2401.00001\n---\n{line}\n", "Stone Sorter.md")
    assert (entry.title, entry.arxiv_id, entry.commentary) == ("Stone Sorter", "2401.00001", line)
    assert {mention.arxiv_id for mention in entry.mentions} <= {"2401.00009"}


def test_a_title_below_an_id_in_the_front_matter_is_kept() -> None:
    (entry,) = read("---\narxiv: 2401.00001\n---\nSorting Small Stones\n\nGood.\n", "s.md")
    assert (entry.title, entry.commentary) == ("Sorting Small Stones", "Good.")


def test_the_name_of_an_org_file_is_no_title_of_the_papers_below_its_headings() -> None:
    drawer = ":PROPERTIES:\n:ARXIV: 2401.00001\n:END:\n"
    text = f"#+TITLE: Lit\n\n* TODO Sorting Small Stones :rag:\n{drawer}Good.\n* DONE Buy milk\n"
    (entry,) = read(text, "lit.org")
    assert (entry.title, entry.tags, entry.commentary) == (
        "Sorting Small Stones", ("rag",), "Good.",
    )  # fmt: skip
    (note,) = read(f"{drawer}#+TITLE: Sorting Small Stones\n* Idea\nGood.\n", "sorting.org")
    assert note.title == "Sorting Small Stones"


@pytest.mark.parametrize("link", ["[link](https://a.org/p)", "Link: https://a.org/p"])
def test_a_title_above_one_link_is_an_entry_wherever_the_link_leads(link: str) -> None:
    (entry,) = read(f"# A Short Note on Sorting Stones\n{link}\n\nmy words\n")
    assert (entry.title, entry.commentary) == ("A Short Note on Sorting Stones", "my words")
    assert not read(f"# My home page and what else\n{link}\n\nmy words\n")


@pytest.mark.parametrize(
    "below",
    [
        f"[arXiv]({LINK}) builds on [pebbles](https://arxiv.org/abs/2401.00002)",
        f"{LINK} good, like https://arxiv.org/abs/2401.00002",
        f"See [paper]({LINK}), builds on [pebbles](https://arxiv.org/abs/2401.00002)",
        f"Their claim is strong ([pdf]({LINK}), [code](https://github.com/a/b)).",
        f"Linear time. {LINK}",
        "arXiv:2401.00001. No stone left! Compare pebbles (2401.00002).",
    ],
)
def test_a_heading_is_the_title_of_the_paper_that_the_words_below_it_link(below: str) -> None:
    other = "## Slow Cooking of Models\n[arXiv](https://arxiv.org/abs/2401.00009)\n"
    entry, *others = read(f"# May\n## Sorting Small Stones by Hand\n{below}\n{other}")
    assert (entry.title, entry.arxiv_id) == ("Sorting Small Stones by Hand", "2401.00001")
    assert {m.arxiv_id for m in entry.mentions} == {"2401.00002"} & {
        *re.findall(r"2401\S{6}", below)
    }
    assert [other.arxiv_id for other in others] == ["2401.00009"]
    said = below.rpartition(LINK)[2] or below
    assert all(word in (entry.commentary or "") for word in re.findall(r"[a-z]{5,}", said))


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("Diffusion Models for Images", f"[arXiv]({LINK}) Sorting Small Stones by Hand"),
        ("Diffusion Models for Images", f"{LINK} Sorting Small Stones by Hand"),
    ],
)
def test_a_heading_is_no_title_where_it_is_a_topic(heading: str, below: str) -> None:
    (entry,) = read(f"# May\n## {heading}\n{below}\n")
    assert entry.title != heading


def test_ids_of_others_stay_in_the_words_behind_the_papers_own() -> None:
    (entry,) = read(
        "## Sorting Small Stones\narXiv:2401.00001. Good! Compare pebbles (2401.00002).\n"
    )
    assert entry.commentary == "Good! Compare pebbles (2401.00002)."


def test_a_paper_that_the_words_below_a_heading_recall_is_not_that_of_the_heading() -> None:
    other = "## Slow Cooking of Models\n[arXiv](https://arxiv.org/abs/2401.00009)\n"
    entries_read = read(
        f"# May\n## Sorting Small Stones\nIt builds on [paper]({LINK}), too.\n{other}"
    )
    own = {entry.title: entry.arxiv_id for entry in entries_read}
    assert own.get("Sorting Small Stones") is None
    assert own["Slow Cooking of Models"] == "2401.00009"


@pytest.mark.parametrize("title", ["[[Sorting Small Stones]]", "Sorting Small Stones"])
@pytest.mark.parametrize("task", ["TODO", "DONE", "LATER [#B]", "DOING [#A]"])
def test_a_task_of_logseq_is_no_part_of_its_title(task: str, title: str) -> None:
    assert without_state(f"{task} {title}") == title


@pytest.mark.parametrize(
    "title",
    ["NOW YOU SEE ME", "NOW: Never or Always", "NOW Here", "WAITING Times in Queues",
     "NOW-Net for All", "TODO: a thing", "DONE",
     "WAITING for Buses", "NOWCASTING Rain", "LATER 3D Layers", "TODOs of Teams", "Now Or Never"],
)  # fmt: skip
def test_a_title_that_begins_like_a_task_is_whole(title: str) -> None:
    assert without_state(title) == title
