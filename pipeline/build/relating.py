"""Papers, their tags and whom they cite as the small tables that a graph is made from."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import pyarrow as pa

from pipeline.enrich.merging import paper_of_note
from pipeline.graph.recorded import Recorded, relations_of
from pipeline.graph.relations import Relations
from pipeline.identity.tags import tags_of_entries
from pipeline.identity.works import deduplicate_references
from pipeline.model.records import Paper
from pipeline.settings.tags import TagRules


def relations(known: Sequence[Paper], rules: TagRules) -> Relations[pa.Table]:
    """The tables of `graph.relations`, but for those that say who signed what, which are empty."""
    tags = tags_of_entries((entry for paper in known for entry in paper.entries), rules)
    works, citations = deduplicate_references(known)
    notes, names = paper_of_note(known), _category_names()
    return relations_of(Recorded(known, works, citations, tags, notes, names))


def _category_names() -> dict[str, str]:
    listed = files("pipeline") / "data" / "categories.toml"
    return tomllib.loads(listed.read_text(encoding="utf-8"))
