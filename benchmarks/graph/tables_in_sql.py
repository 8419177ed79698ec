"""The nodes and edges tables in DuckDB SQL, written by hand: the peer of the engine."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from pipeline.graph.relations import Relations

NODES = """
SELECT id, 'paper' AS kind, coalesce(title, arxiv_id, link, doi, id) AS label,
  * EXCLUDE (id, link, authors_from, categories_from),
  coalesce('https://arxiv.org/abs/' || arxiv_id, 'https://doi.org/' || doi, link) AS url
FROM papers
UNION ALL BY NAME SELECT * EXCLUDE (reason), name AS label FROM creators
UNION ALL BY NAME SELECT *, 'tag' AS kind FROM tags
UNION ALL BY NAME
SELECT 'category:' || category AS id, 'category' AS kind, category AS label, name
FROM (SELECT DISTINCT unnest(categories) AS category FROM papers)
LEFT JOIN category_names USING (category)
ORDER BY id
"""
EDGES = """
WITH signed AS (
  SELECT creator, paper, min(position) AS position FROM signatures GROUP BY ALL
), placed AS (
  SELECT DISTINCT id, categories[1] AS first, unnest(categories) AS category, categories_from
  FROM papers
), pairs AS (
  SELECT citing, cited, min(said_by) AS said_by, max(said_by) AS another,
    min(evidence) AS evidence, max(evidence) AS other
  FROM citations WHERE citing <> cited GROUP BY ALL
)
SELECT creator AS source, paper AS target, 'wrote' AS kind, [authors_from] AS sources,
  reason AS evidence, 1.0::DOUBLE AS weight, position
FROM signed JOIN creators ON creators.id = creator JOIN papers ON papers.id = paper
UNION ALL BY NAME
SELECT id AS source, 'category:' || category AS target, 'in_category' AS kind,
  [categories_from] AS sources, 1.0::DOUBLE AS weight, category = first AS primary
FROM placed
UNION ALL BY NAME
SELECT paper AS source, tag AS target, 'tagged' AS kind, ['digest'] AS sources,
  times::DOUBLE AS weight, entry_dates FROM taggings
UNION ALL BY NAME
SELECT tag AS source, other AS target, kind, ['tags.toml'] AS sources, 1.0::DOUBLE AS weight
FROM tag_relations
UNION ALL BY NAME
SELECT citing AS source, cited AS target, 'cites' AS kind, [said_by] AS sources, evidence,
  1.0::DOUBLE AS weight
FROM pairs WHERE said_by = another AND evidence = other
UNION ALL BY NAME
SELECT citing AS source, cited AS target, 'cites' AS kind,
  list_sort(list_distinct(list(said_by))) AS sources,
  array_to_string(list_sort(list_distinct(list(evidence))), '; ') AS evidence,
  1.0::DOUBLE AS weight
FROM citations SEMI JOIN (SELECT * FROM pairs WHERE said_by < another OR evidence < other)
USING (citing, cited) GROUP BY citing, cited
UNION ALL BY NAME
SELECT paper AS source, other AS target, 'mentions' AS kind, ['digest'] AS sources, evidence,
  times::DOUBLE AS weight, sentence, entry_dates FROM mentions
ORDER BY source, target, kind
"""


def tables_in_sql(given: Relations[pa.Table]) -> tuple[pa.Table, pa.Table]:
    """The same rows as ours, in the same order; columns as they come."""
    with duckdb.connect(config={"preserve_insertion_order": False}) as connection:
        for name, table in given._asdict().items():
            connection.register(name, table)
        return connection.sql(NODES).to_arrow_table(), connection.sql(EDGES).to_arrow_table()
