"""Tables to files, one file beside this one each, and the table of them."""

from pipeline.export import entries_csv, evidence, gexf, graphml, pyvis_page, report, skips_csv

GRAPH_FILES = (
    graphml.GRAPH_FILE,
    gexf.GRAPH_FILE,
    pyvis_page.GRAPH_FILE,
    pyvis_page.DIGEST_FILE,
)
"""The files of an output folder that are made from its two tables alone."""

BUILD_FILES = (
    entries_csv.BUILD_FILE,
    skips_csv.BUILD_FILE,
    evidence.BUILD_FILE,
    report.BUILD_FILE,
)
"""The files of an output folder that tell of the run."""
