"""What the commands and environments of LaTeX print, as Markdown."""

from __future__ import annotations

HEADINGS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
}
ENCLOSED = {
    "textbf": "**", "emph": "*", "textit": "*", "textsl": "*", "textsf": "",
    "text": "", "textsc": "", "texttt": "", "underline": "", "mbox": "", "textrm": "",
    "enquote": '"',
}  # fmt: skip
LISTS = frozenset(("itemize", "enumerate", "description", "thebibliography", "compactitem", "list"))
QUOTES = frozenset(("quote", "quotation", "displayquote"))
TABLES = frozenset(("tabular", "tabularx", "longtable", "tabular*", "array", "tabulary"))
VERBATIM = frozenset(("verbatim", "lstlisting", "minted"))
DROPPED = frozenset(
    "label ref eqref pageref cite citep citet autocite nocite parencite textcite vspace hspace "
    "input includegraphics include bibliographystyle bibliography usepackage setlength "
    "thispagestyle pagestyle color textcolor setcounter addtocounter documentclass author "
    "date title markboth hypersetup geometry addbibresource cline cmidrule index vskip hskip "
    "addcontentsline".split()
)
"""Commands that print nothing, with what they are given."""
SILENT = frozenset(
    "phantomsection newpage clearpage maketitle tableofcontents noindent centering small large "
    "Large footnotesize normalsize smallskip medskip bigskip hline toprule midrule bottomrule "
    "appendix printbibliography raggedright sloppy hfill vfill bfseries itshape "
    "ttfamily today newblock compact selectfont indent".split()
)
SPACING = {
    "\\ ": " ",
    "\\,": " ",
    "\\;": " ",
    "\\:": " ",
    "\\!": "",
    "\\/": "",
    "\\-": "",
    "\\@": "",
}
"""What prints a space, or nothing."""
