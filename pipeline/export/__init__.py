"""Tables to files, one file beside this one each, and the table of them."""

from pipeline.export import (
    bibtex,
    canvas,
    csl_json,
    cypher,
    cytoscape,
    entries_csv,
    entries_xlsx,
    evidence,
    explorer_page,
    gexf,
    graph_xlsx,
    graphml,
    jsonld,
    neo4j,
    nodelink,
    papers_csv,
    parquet,
    plain_csv,
    pyvis_page,
    report,
    ris,
    skips_csv,
    vosviewer,
)
from pipeline.model.plug_ins import plugged_exporters

GRAPH_FILES = (
    graphml.GRAPH_FILE,
    gexf.GRAPH_FILE,
    pyvis_page.GRAPH_FILE,
)
"""The files of an output folder that are made from its two tables alone."""

BUILD_FILES = (
    explorer_page.BUILD_FILE,
    entries_csv.BUILD_FILE,
    entries_xlsx.BUILD_FILE,
    skips_csv.BUILD_FILE,
    evidence.BUILD_FILE,
    report.BUILD_FILE,
    report.LISTS_FILE,
)
"""The files of an output folder that tell of the run."""

OWN_FORMATS = {
    "gexf": (gexf.GRAPH_FILE,),
    "gexf-reading": (gexf.READING_FILE,),
    "graphml": (graphml.GRAPH_FILE,),
    "cytoscape": (cytoscape.GRAPH_FILE,),
    "nodelink": (nodelink.GRAPH_FILE,),
    "csv": (plain_csv.NODES_FILE, plain_csv.EDGES_FILE),
    "papers": (papers_csv.GRAPH_FILE,),
    "xlsx": (graph_xlsx.GRAPH_FILE,),
    "neo4j": (neo4j.NODES_FILE, neo4j.RELATIONSHIPS_FILE),
    "cypher": (cypher.SCRIPT_FILE, cypher.NODES_FILE, cypher.EDGES_FILE),
    "parquet": (parquet.NODES_FILE, parquet.EDGES_FILE),
    "jsonld": (jsonld.GRAPH_FILE,),
    "vosviewer": (vosviewer.MAP_FILE, vosviewer.NETWORK_FILE),
    "canvas": (canvas.GRAPH_FILE,),
    "bibtex": (bibtex.GRAPH_FILE,),
    "ris": (ris.GRAPH_FILE,),
    "csl-json": (csl_json.GRAPH_FILE,),
}
"""The formats of this package that `digest-graph export` writes, each with its files."""

FORMATS = {**OWN_FORMATS, **plugged_exporters(OWN_FORMATS)}
"""The formats that can be written, those of other packages last."""

ALIASES = {
    "bib": "bibtex",
    "biblatex": "bibtex",
    "csl": "csl-json",
    "csljson": "csl-json",
    "cyjs": "cytoscape",
    "excel": "xlsx",
    "json-ld": "jsonld",
    "node-link": "nodelink",
}
"""What else people call these formats; a format of another package of such a name goes before."""
