"""Tags: one for all its spellings, related as the reader says, and suggestions that stay that."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import built_from
from hypothesis import given
from hypothesis import strategies as st

from pipeline.build.reading import parsed
from pipeline.cli.tags import rules_beside, tag_lines
from pipeline.identity.tag_suggestions import tag_suggestions
from pipeline.identity.tags import tags_of_entries
from pipeline.model.records import Entry
from pipeline.model.tables import Build
from pipeline.settings.tags import TagRules, TagsFileError, folded_tag, tag_rules

BARE = Entry("n.txt", 1, 1, None, None, None, True, None, None, (), None, (), ())
SPELLING = st.text(st.sampled_from("abAB12-_ ㄱ가é\u0301ßİ"), min_size=1, max_size=8)
TAGGED = st.lists(
    st.tuples(st.lists(SPELLING, max_size=4), st.dates(date(2020, 1, 1), date(2020, 3, 1))),
    max_size=8,
)


def tagged(day: str | None, *tags: str, title: str | None = None) -> Entry:
    return replace(BARE, date=date.fromisoformat(day) if day else None, tags=tags, title=title)


def numbered(entries: list[Entry]) -> list[Entry]:
    return [replace(entry, line_start=number) for number, entry in enumerate(entries)]


def rules(folder: Path, text: str) -> TagRules:
    (folder / "tags.toml").write_text(text, encoding="utf-8")
    return rules_beside([folder])


def suggested(entries: list[Entry], said: TagRules | None = None) -> list[tuple[str, str, str]]:
    return [(s.kind, s.tag, s.other) for s in tag_suggestions(numbered(entries), said)]


def nodes_of(found: Build) -> dict[str, dict[str, object]]:
    return {row["id"]: row for row in found.nodes.to_pylist() if row["kind"] == "tag"}


@given(st.text(min_size=1))
def test_folding_twice_is_folding_once(spelling: str) -> None:
    assert folded_tag(folded_tag(spelling)) == folded_tag(spelling) != ""


def test_korean_tags_fold_whether_their_letters_are_composed_or_not() -> None:
    assert folded_tag("\u110b\u1165\u11ab\u110b\u1165_모델") == folded_tag("언어-모델")
    (tag,) = tags_of_entries([tagged("2024-01-01", "언어_모델", "언어-모델")]).values()
    assert (tag.id, tag.label) == ("tag:언어-모델", "언어_모델")


@given(TAGGED, st.randoms(use_true_random=False))
def test_neither_tags_nor_suggestions_depend_on_the_order_of_entries(
    listed: list[tuple[list[str], date]], random: object
) -> None:
    entries = numbered([replace(BARE, tags=tuple(tags), date=day) for tags, day in listed])
    shuffled = [*entries]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tags_of_entries(shuffled) == tags_of_entries(entries)
    assert tag_suggestions(shuffled) == tag_suggestions(entries)


@given(TAGGED)
def test_each_tag_has_an_id_of_its_own_that_folds_to_it(
    listed: list[tuple[list[str], date]],
) -> None:
    found = tags_of_entries(replace(BARE, tags=tuple(tags)) for tags, _ in listed)
    assert all(folded_tag(tag.id.removeprefix("tag:")) == key for key, tag in found.items())
    assert len({tag.id for tag in found.values()}) == len(found)


def test_the_id_stays_when_an_older_note_spells_the_tag_otherwise() -> None:
    now = [tagged("2024-01-01", "Long-Context"), tagged("2024-02-01", "long_context")]
    (tag,) = tags_of_entries(now).values()
    (same,) = tags_of_entries([*now, tagged("2019-01-01", "longcontext")]).values()
    assert tag.id == same.id == "tag:long-context"
    assert (tag.label, same.label) == ("long_context", "long_context")


def test_the_id_is_the_same_whichever_spelling_came_first() -> None:
    days = ("2020-01-01", "2021-01-01")
    for one, other in (days, days[::-1]):
        (tag,) = tags_of_entries([tagged(one, "a-bc"), tagged(other, "ab_c")]).values()
        assert tag.id == "tag:a-bc"


def test_a_spelling_in_use_is_the_label_before_one_of_the_file(tmp_path: Path) -> None:
    said = rules(tmp_path, '[alias]\nlctx = "long-context"')
    (tag,) = tags_of_entries([tagged(None, "Long_Context")], said).values()
    assert tag.label == "Long_Context"


def test_a_tag_has_the_spellings_of_its_aliases_and_its_own_latest_as_label(tmp_path: Path) -> None:
    said = rules(tmp_path, '[alias]\nlm = "language-model"\nlms = "lm"')
    entries = [
        tagged("2020-01-01", "Language_Model"), tagged("2021-01-01", "LM"), tagged(None, "lm"),
    ]  # fmt: skip
    (tag,) = tags_of_entries(entries, said).values()
    assert (tag.id, tag.label) == ("tag:language-model", "Language_Model")
    assert tag.spellings == ("lm", "Language_Model", "LM", "language-model", "lms")


def test_an_alias_of_a_tag_that_nobody_uses_makes_it_and_unused_ones_make_nothing(
    tmp_path: Path,
) -> None:
    said = rules(tmp_path, '[alias]\nlm = "Language-Model"\nvq = "vector-quantization"')
    (tag,) = tags_of_entries([tagged("2021-01-01", "lm")], said).values()
    assert (tag.id, tag.label) == ("tag:language-model", "Language-Model")


def test_relations_and_tags_that_no_paper_bears_are_in_the_graph(tmp_path: Path) -> None:
    rules(
        tmp_path,
        'meta = ["news"]\n[alias]\nlm = "language-model"\n[broader]\nllm = ["lm"]\n'
        'lm = ["nlp"]\nunused = ["nothing"]\n[relates_to]\nllm = ["agent"]\n',
    )
    found = built_from(
        tmp_path, "A Title of a Paper (Ann Lee, Bo Chen)\n\nIt is new.\n\n#llm #news\n"
    )
    nodes = nodes_of(found)
    assert {key: (row["broader"], row["meta"]) for key, row in nodes.items()} == {
        "tag:agent": ([], False),
        "tag:language-model": (["tag:nlp"], False),
        "tag:llm": (["tag:language-model"], False),
        "tag:news": ([], True),
        "tag:nlp": ([], False),
    }
    edges = [e for e in found.edges.to_pylist() if e["kind"] in {"broader", "relates_to"}]
    assert [(e["source"], e["kind"], e["target"], e["sources"]) for e in edges] == [
        ("tag:language-model", "broader", "tag:nlp", ["tags.toml"]),
        ("tag:llm", "relates_to", "tag:agent", ["tags.toml"]),
        ("tag:llm", "broader", "tag:language-model", ["tags.toml"]),
    ]


def test_initials_are_suggested_and_two_long_forms_are_not() -> None:
    entries = [tagged("2020-01-01", "language_model"), tagged("2020-02-01", "lm")]
    assert suggested(entries) == [("acronym", "lm", "language_model")]
    assert suggested([*entries, tagged("2020-01-01", "linear-model")]) == []
    said = tagged("2020-03-01", "x", title="Pretrained Linear Models (LMs) again")
    assert suggested([*entries, tagged("2020-01-01", "linear-model"), said]) == [
        ("acronym", "lm", "linear-model")
    ]


def test_a_tag_cut_from_words_needs_a_text_that_says_so() -> None:
    entries = [tagged("2020-01-01", "vision_transformer"), tagged("2020-02-01", "vit")]
    assert suggested(entries) == []
    told = replace(entries[1], abstract="We train a Vision Transformer (ViT) at scale.")
    assert suggested([entries[0], told]) == [("acronym", "vit", "vision_transformer")]


@pytest.mark.parametrize(
    "text",
    ["Vision Transformer (ViT)", "Vision Transformers (ViTs) see", "A vision transformer (ViT)"],
)
def test_an_acronym_is_printed_in_brackets_behind_its_words_wherever_these_stand(text: str) -> None:
    for around in ("", "Much is said of heat. " * 9):
        entry = replace(tagged("2020-01-01", "vit"), commentary=f"{around}{text} {around}")
        other = tagged("2020-01-01", "vision_transformer")
        assert suggested([entry, other]) == [("acronym", "vit", "vision_transformer")]


def test_two_tags_of_one_paper_are_not_one() -> None:
    assert suggested([tagged("2020-01-01", "language_model", "lm")] * 2) == []


def test_a_tag_that_stops_where_one_spelled_alike_starts_has_a_successor() -> None:
    old, new = [tagged("2023-10-25", "text2img")] * 2, [tagged("2024-09-24", "text-to-image")] * 2
    assert suggested([*old, *new]) == [("successor", "text2img", "text-to-image")]
    assert suggested([*old, *new, tagged("2024-12-01", "text2img")]) == []


def test_a_tag_whose_titles_name_the_next_has_a_successor() -> None:
    old = [tagged("2023-09-30", "ddpm", title="Diffusion Models as They Were")] * 3
    new = [tagged("2024-01-16", "diffusion")] * 3
    assert suggested([*old, *new]) == [("successor", "ddpm", "diffusion")]
    assert suggested([*(replace(entry, title="Unrelated") for entry in old), *new]) == []


def test_one_letter_within_a_word_is_a_typo_and_one_before_it_or_a_digit_is_not() -> None:
    usual = [tagged("2020-01-01", tag) for tag in ("quantization", "resampling", "llama-v2")] * 3
    assert suggested([*usual, tagged("2020-01-02", "quantisation")]) == [
        ("typo", "quantisation", "quantization")
    ]
    assert suggested([*usual, tagged("2020-01-02", "sampling", "llama-v3")]) == []


def test_a_tag_that_its_own_paper_prints_otherwise_is_a_typo() -> None:
    entry = tagged("2024-12-23", "self-improvment", title="On Self-Improvement of Models")
    assert suggested([entry]) == [("typo", "self-improvment", "self-improvement")]
    printed = tagged("2024-12-24", "x", title="Self-improvment in the Wild")
    assert suggested([entry, printed]) == []
    assert suggested([tagged("2020-01-01", "pruning-x", title="On Bruning X of Models")]) == []


def test_equal_company_is_suggested_from_five_papers_on() -> None:
    beside = [tagged("2020-01-01", f"topic {n}") for n in "pqrst"]
    both = [tagged("2020-01-01", "cat", "dog")] * 5
    assert suggested([*beside, *both]) == [("co_occurrence", "cat", "dog")]
    assert suggested([*beside, *both[1:]]) == []
    apart = [tagged("2020-01-01", tag, f"topic {n}") for tag in ("cat", "dog") for n in "pqrst"]
    assert suggested(apart) == [("co_occurrence", "cat", "dog")]


def test_a_tag_that_one_alone_has_beside_it_weighs_by_its_rarity() -> None:
    def apart(topics: str) -> list[Entry]:
        names = [f"topic {letter}" for letter in topics]
        rows = [names[n::5] for n in range(5)]
        return [tagged("2020-01-01", tag, *row) for tag in ("cat", "dog") for row in rows]

    for topics, found in (("pqrstuv", []), ("pqrstuvw", [("co_occurrence", "cat", "dog")])):
        first, *others = apart(topics)
        assert suggested([replace(first, tags=(*first.tags, "whiskers")), *others]) == found


def test_what_is_said_already_and_meta_tags_are_not_suggested(tmp_path: Path) -> None:
    entries = [tagged("2020-01-01", "language_model"), tagged("2020-02-01", "lm")]
    for text in ('[alias]\nlm = "language-model"', '[broader]\nlm = ["language-model"]',
                 '[relates_to]\nlanguage-model = ["lm"]', 'meta = ["lm"]'):  # fmt: skip
        assert suggested(entries, rules(tmp_path, text)) == []


def test_no_suggestion_is_ever_applied(tmp_path: Path) -> None:
    text = "2401.00001 #lm\n2402.00001 #language_model\n2403.00001\n"
    found = built_from(tmp_path, text)
    assert [(s.tag, s.other) for s in found.suggestions] == [("lm", "language_model")]
    assert set(nodes_of(found)) == {"tag:lm", "tag:language-model"}


def test_the_listing_counts_tags_and_ends_in_lines_for_the_file(tmp_path: Path) -> None:
    entries = numbered(
        [
            tagged("2020-01-01", "language_model"),
            tagged("2020-02-01", "LM"),
            tagged(None, "lm", "news"),
        ]
    )
    lines = list(tag_lines(entries, tag_rules([])))
    assert [line.split() for line in lines[1:4]] == [
        ["2", "2020-02-01", "2020-02-01", "LM", "lm"],
        ["1", "2020-01-01", "2020-01-01", "language_model"],
        ["1", "-", "-", "news", "(meta)"],
    ]
    assert lines[4] == "3 tags of 3 entries."
    said = rules(tmp_path, "\n".join(lines[5:]))
    assert next(iter(tag_lines(entries, said))) == lines[0]
    assert Counter(map(said.tag_of, ("lm", "language model"))) == {"languagemodel": 2}
    assert not any("[alias]" in line for line in tag_lines(entries, said))


def test_on_562_notes_every_suggestion_is_one_that_was_read_and_found_right(shared: Path) -> None:
    notes = [entry for entry in parsed([shared / "gold" / "notes"]) if isinstance(entry, Entry)]
    assert {(s.kind, s.tag, s.other) for s in tag_suggestions(notes)} == {
        ("acronym", "lm", "language_model"),
        ("acronym", "vit", "vision_transformer"),
        ("successor", "ddpm", "diffusion"),
        ("successor", "self_supervised", "self-supervision"),
        ("successor", "text2img", "text-to-image"),
        ("typo", "self-improvment", "self-improvement"),
    }


@pytest.mark.parametrize("text", ["[alias", "meta = [1]\n"])
def test_a_damaged_file_ends_the_build_before_anything_is_asked(tmp_path: Path, text: str) -> None:
    (tmp_path / "tags.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TagsFileError, match=r"tags\.toml:1: "):
        built_from(tmp_path, "A Title of a Paper (Ann Lee)\n\n#lm\n")
