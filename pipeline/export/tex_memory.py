r"""What lets pdfTeX hold thousands of papers though their BibTeX is whole (`\nocite{*}`).

BibLaTeX keeps every field and every name in TeX's memory, printed or not, and of the 5,000,000
words that TeX Live gives it (`kpsewhich -var-value=main_memory`) 1,700 papers with abstracts take
all. What is written here tells BibLaTeX to keep of each paper what it prints, in a document that
cites so much (4,000,000 bytes of Biber are 2,900,000 words). A smaller document does as always, and
so do LuaTeX, whose memory grows, and BibTeX.

Biber writes the text of `@preamble` to the head of its file as `\preamble{...}`, which is run after
the papers are read. So it ends there (`\{` is a brace for Biber alone) and opens again.
See https://ctan.org/pkg/biblatex, "Data Interface", for the handlers.
"""

from __future__ import annotations

MANY = 1_000
MANY_PAPERS = rf"^(?:@[^\n]*\n(?: [^\n]*\n)*\}}\n\n){{{MANY}}}"
"""A pattern of a file that holds so many, which is gone over once."""

# One name more than is printed tells "et al."; `ul` says how many tell a paper from another.
# An @ would begin an entry for some readers of BibTeX; ^^40 is one for TeX alone.
_LINES = r"""
\iffalse\{ }
\ifcsname file_size:n\endcsname\ifdefined\directlua\else
\ifnum0\csname file_size:n\endcsname{\jobname.bbl}>4000000\relax
\typeout{Of so many papers TeX keeps what is printed; LuaTeX keeps all.}
\def\unprinted#1{\DeclareFieldInputHandler{#1}{\let\NewValue\empty}}
\forcsvlist\unprinted{abstract,annotation,urlraw,sortinithash}
\forcsvlist\unprinted{authornamehash,authorbibnamehash,authorfullhash}
\def\told#1ul=#2,#3\end{#2}
\def\larger{\csname int_max:nn\endcsname}
\DeclareNameInputHandler{author}{
\edef\most{\the\numexpr1+\larger{\expandafter\told\NewOption,ul=0,\end}
{\larger{\csname blx^^40maxbibnames\endcsname}{\csname blx^^40maxcitenames\endcsname}}}
\ifnum\NewCount>\most\relax
\edef\NewValue{\csname tl_range:Nnn\endcsname\NewValue{1}{\most}}
\let\NewCount\most
\fi}
\fi\fi\fi
\preamble{\fi\iffalse\}\fi
"""
KEPT_IF_PRINTED = _LINES.replace("\n", "")
"""For `@preamble`, before more of it."""
