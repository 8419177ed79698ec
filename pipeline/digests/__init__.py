"""Files of notes to entries. The table of formats; each is one file beside this one."""

from pipeline.digests import bibtex, csl_json, csv_table, ris, written
from pipeline.model.plug_ins import plugged_formats

OWN = (
    bibtex.FORMAT,
    ris.FORMAT,
    csl_json.FORMAT,
    csv_table.FORMAT,
    written.FORMAT,
)
"""The formats of this package, in the order in which a text is looked at for them."""

FORMATS = (*plugged_formats([own.name for own in OWN]), *OWN)
"""The formats that can be read; those of other packages are looked at first."""
