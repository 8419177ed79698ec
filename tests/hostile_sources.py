"""Sources of papers as arXiv packs them, and fifty that mean harm."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator, Mapping

MAIN = r"\documentclass{article}\begin{document}\cite{a,b}\end{document}"
BBL = r"""\begin{thebibliography}{9}
\bibitem{a} A.~Li. \newblock One title. \newblock arXiv:2301.00001, 2023. % arXiv:2301.99999
\iffalse \bibitem{z} Off. arXiv:2301.00009. \fi
\bibitem{b} B.~Tan. \newblock Two titles. \newblock \url{https://doi.org/10.1145/1.%
  2}, 2022.
\end{thebibliography} arXiv:2301.00008"""


def archive(files: Mapping[str, str | bytes]) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for name, text in files.items():
            content = text.encode() if isinstance(text, str) else text
            header = tarfile.TarInfo(name)
            header.size = len(content)
            tar.addfile(header, io.BytesIO(content))
    return gzip.compress(raw.getvalue())


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "", size: int = 0) -> bytes:
    header = tarfile.TarInfo(name)
    header.type, header.linkname, header.size = kind, link, size
    return header.tobuf(tarfile.GNU_FORMAT)


def bombs() -> Iterator[tuple[str, bytes]]:
    """Fifty sources that mean harm, by name."""
    deflate = zlib.compressobj(9, wbits=31)
    zeros = b"".join([*(deflate.compress(bytes(1 << 20)) for _ in range(300)), deflate.flush()])
    end, text = bytes(1024), BBL.encode().ljust(1024, b"\n")
    for size in (1, 4, 16, 64, 200, 300):
        yield f"zeros {size}", zeros[: len(zeros) * size // 300]
    yield "zeros", zeros
    yield "gzip in gzip", gzip.compress(zeros)
    yield "many members", gzip.compress(member("a.tex") * 60_000 + end)
    yield "many names", gzip.compress(b"".join(member(f"{n}.bbl") for n in range(20_000)) + end)
    for size in (10**9, 8 * 10**12, 2**62):
        yield f"a member of {size}", gzip.compress(member("a.bbl", size=size) + text + end)
        yield f"a name of {size}", gzip.compress(member("a", b"L", size=size) + text + end)
        yield f"a pax header of {size}", gzip.compress(member("a", b"x", size=size) + text + end)
    negative = bytearray(member("a.bbl"))
    negative[124:136] = b"\xff" * 12
    yield "a negative size", gzip.compress(bytes(negative) + end)
    for kind in b"123456S7gKXLNVM":
        other = member("main.bbl", bytes([kind]), "/etc/passwd")
        yield f"a member of type {kind:c}", gzip.compress(other + end)
    for name in ("../main.bbl", "/etc/main.bbl", "a/../../main.bbl", "C:\\main.bbl", "\udcff.bbl"):
        yield f"named {name!a}", gzip.compress(member(name, size=1024) + text + end)
    yield "tar in tar", archive({"main.bbl": gzip.decompress(archive({"main.bbl": BBL}))})
    yield "deep pax", gzip.compress(member("a", b"x", size=512) + b"1 path=" * 73 + b" " + end)
    yield "pax digits", gzip.compress(member("a", b"x", size=1 << 20) + b"1" * (1 << 20) + end)
    patterns = {
        "braces": b"{" * 2_000_000, "items": rb"\bibitem{a}" * 200_000, "urls": rb"\url{" * 500_000,
        "cites": rb"\cite[" * 400_000, "off": rb"\iffalse" * 300_000, "comments": b"%" * 2_000_000,
        "entries": rb"\entry{a}{b}\endentry" * 90_000, "ids": rb"\bibitem a " + b"arXiv:" * 400_000,
    }  # fmt: skip
    for name, content in patterns.items():
        yield name, archive({"main.tex": MAIN, "main.bbl": rb"\bibitem " + content})
    yield "a bib", archive({"main.tex": MAIN, "a.bib": b"@a{a, title={" * 900_000})
