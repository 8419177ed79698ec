"""Files of notes to entries. The table of formats; each is one file beside this one."""

from pipeline.digests import (
    bibtex,
    csl_json,
    csv_table,
    id_list,
    markdown_list,
    markdown_table,
    note,
    plain,
    ris,
)

FORMATS = (
    bibtex.FORMAT,
    ris.FORMAT,
    csl_json.FORMAT,
    note.FORMAT,
    csv_table.FORMAT,
    markdown_table.FORMAT,
    markdown_list.FORMAT,
    id_list.FORMAT,
    plain.FORMAT,
)
"""The formats that can be read, in the order in which a text is looked at for them."""
