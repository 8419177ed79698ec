"""Why a paper, an entry or a person is what the graph says it is, and review by hand."""
