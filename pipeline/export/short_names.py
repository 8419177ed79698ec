"""What stands beside a dot, where a title has no room: `Xiong 2024`."""

from __future__ import annotations

from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.text_columns import first_items, has_value, last_items, whole
from pipeline.export.xml_columns import without_controls
from pipeline.model.organisations import HINT, is_organisation

MOST_CHARACTERS = 32
_NO_TEXT = pa.scalar(None, pa.string())
_PARTICLES = "al|ben|bin|da|de|del|den|der|di|dos|du|el|ibn|la|le|ten|ter|van|von"
_NO_FAMILY = r"(?i)[\s,]+(?:jr|sr|ii|iii|iv|ph\.?d)\.?\s*$"
_GIVEN = rf"^.*?\S\s+((?:(?:{_PARTICLES})\s+)*\S+)\s*$"


def short_names(nodes: pa.Table | pa.RecordBatch) -> pa.Array:
    """A short name for each node, in order.

    A paper is called as the reader calls it, else by its first author's family name and its year,
    else by the beginning of its title; all others by their label, cut where it is long.
    """
    is_paper = pc.equal(whole(nodes["kind"]), "paper")
    papers = nodes.select(["title", "first_author", "year", "spellings"]).filter(is_paper)
    called = pc.coalesce(_nicknames(papers), _signed(papers))
    names = pc.replace_with_mask(pa.nulls(nodes.num_rows, pa.string()), is_paper, called)
    is_uncalled = names.is_null()
    labels = whole(nodes["label"]).filter(is_uncalled)
    return pc.replace_with_mask(names, is_uncalled, _cut(labels))


def _signed(papers: pa.Table | pa.RecordBatch) -> pa.Array:
    """First author and year, the author where no year is known, null where no author is."""
    authors = whole(papers["first_author"]).dictionary_encode()
    family = _cut(_said(family_names(authors.dictionary))).take(authors.indices)
    years = pc.cast(whole(papers["year"]), pa.string())
    return pc.coalesce(pc.binary_join_element_wise(family, years, " "), family)


Nodes = TypeVar("Nodes", pa.Table, pa.RecordBatch)


def with_short_labels(nodes: Nodes) -> Nodes:
    """`nodes` with a column `short`, which is the label too; whole labels are in `title`."""
    label, title = whole(nodes["label"]), whole(nodes["title"])
    is_cut = pc.and_(title.is_null(), _is_long(label))
    title = pc.replace_with_mask(title, is_cut, label.filter(is_cut))
    return _labelled(nodes, short_names(nodes), title)


def as_if_labelled(nodes: pa.Table) -> pa.Table:
    """What `with_short_labels` gives, with empty texts: it tells which rows have a value."""
    label = nodes["label"]
    has_title = pc.or_(nodes["title"].is_valid(), _is_long(label))
    return _labelled(nodes, label, pc.if_else(has_title, "", _NO_TEXT))


def _labelled(nodes: Nodes, short: pa.Array, title: pa.Array) -> Nodes:
    for name, column in (("label", short), ("title", title)):
        place = nodes.schema.get_field_index(name)
        nodes = nodes.set_column(place, nodes.schema.field(name), column)
    return nodes.add_column(0, "short", short)


def family_names(names: pa.Array) -> pa.Array:
    """The family names of people as printed, with particles; an organisation's whole name.

    >>> family_names(pa.array(["Ruibin Xiong", "L. van der Maaten Jr.", "Xu, Wei"])).to_pylist()
    ['Xiong', 'van der Maaten', 'Xu']
    """
    bare = pc.replace_substring_regex(names, _NO_FAMILY, "")
    family_first = pc.match_substring(bare, ",")
    families = _last_words(bare)
    with_comma = pc.replace_substring_regex(bare.filter(family_first), r"\s*,.*$", "")
    families = pc.replace_with_mask(families, family_first, with_comma)
    hinted = pc.fill_null(pc.match_substring_regex(names, HINT), False)
    hinted_names = names.filter(hinted)
    is_whole = pa.array(map(is_organisation, hinted_names.to_pylist()), pa.bool_())
    of_people = families.filter(hinted)
    return pc.replace_with_mask(families, hinted, pc.if_else(is_whole, hinted_names, of_people))


def _last_words(names: pa.Array) -> pa.Array:
    """The last word of each name, with the particles before it; few names have any."""
    names = pc.utf8_rtrim_whitespace(names)
    words = last_items(pc.ascii_split_whitespace(names, max_splits=1, reverse=True))
    with_particle = pc.match_substring_regex(names, rf"\s(?:{_PARTICLES})\s")
    long_words = pc.replace_substring_regex(names.filter(with_particle), _GIVEN, r"\1")
    return pc.replace_with_mask(words, with_particle, long_words)


def _nicknames(nodes: pa.Table | pa.RecordBatch) -> pa.Array:
    """The reader's first name for each paper that is short, null where there is none.

    The title comes first among the spellings of a paper.
    """
    if not has_value(nodes["spellings"]):
        return pa.nulls(nodes.num_rows, pa.string())
    spellings = nodes["spellings"]
    first, second = first_items(spellings), first_items(spellings, after=1)
    is_title = pc.fill_null(pc.equal(first, whole(nodes["title"])), False)
    names = _said(pc.if_else(is_title, second, first))
    return pc.if_else(_is_long(names), _NO_TEXT, names)


def _said(texts: pa.Array) -> pa.Array:
    """`texts`, null where nothing of one is seen."""
    seen = pc.utf8_trim_whitespace(without_controls(texts))
    return pc.if_else(pc.equal(seen, ""), _NO_TEXT, texts)


def _cut(texts: pa.Array) -> pa.Array:
    long = pc.fill_null(pc.greater(pc.binary_length(texts), MOST_CHARACTERS), False)
    long_texts = texts.filter(long)
    beginning = pc.utf8_slice_codeunits(long_texts, 0, MOST_CHARACTERS - 1)
    cut = pc.binary_join_element_wise(pc.utf8_rtrim(beginning, " :,;-"), "…", "")
    new = pc.if_else(_is_long(long_texts), cut, long_texts)
    return pc.replace_with_mask(texts, long, new)


def _is_long(texts: pa.Array) -> pa.Array:
    return pc.greater(pc.utf8_length(texts), MOST_CHARACTERS)
