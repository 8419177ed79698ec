"""Tables to files. The table of exporters; each is one file beside this one."""

from pipeline.export import (
    entries_csv,
    evidence,
    explorer_page,
    gexf,
    graphml,
    pyvis_page,
    report,
    skips_csv,
)

EXPORTERS = (
    graphml.EXPORTER,
    gexf.EXPORTER,
    explorer_page.EXPORTER,
    pyvis_page.EXPORTER,
    entries_csv.EXPORTER,
    skips_csv.EXPORTER,
    evidence.EXPORTER,
    report.EXPORTER,
)
"""The files of an output folder, beside the two tables that they are made from."""
