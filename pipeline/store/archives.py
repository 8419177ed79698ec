"""The files within a `.zip`: each read by its own entry, from one opened archive, within bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from pipeline.model.records import InputFile, Skip
from pipeline.model.zip_damage import ZIP_DAMAGE

CHUNK_BYTES = 1 << 20
MOST_MEMBERS = 20_000
MOST_MEMBER_BYTES = 256 << 20
"""A larger file within a `.zip` is no digest; it is left out unread."""
MOST_BYTES = 1 << 30
"""So much of one archive is read, in all."""
MOST_TIMES_PACKED = 200
"""Text is packed to a tenth; what grows more than this is made to fill a machine."""
_SMALL_BYTES = 1 << 20
_REMEDY = "Unpack it and give the file itself."


def documents_in(file: Path, shown: str) -> Iterator[InputFile | Skip]:
    """The files within a `.zip`, those of archives within it too, in the order of their names.

    Hidden ones are passed over. One that is locked, too large or not to be unpacked is a skip, and
    so is all that lies beyond `MOST_MEMBERS` and `MOST_BYTES`.
    """
    yield from _documents(lambda: zipfile.ZipFile(file), shown, nested=False)


def _documents(
    opened: Callable[[], zipfile.ZipFile], shown: str, *, nested: bool
) -> Iterator[InputFile | Skip]:
    try:
        # Closed when the last document of it is gone: they are read later, one by one.
        archive = opened()
        members = sorted(filter(_is_seen, archive.infolist()), key=lambda each: each.filename)
    except (*ZIP_DAMAGE, OSError) as error:
        yield Skip("digests", shown, f"no readable zip ({_why(error)}). Pack it again.")
        return
    left_bytes = MOST_BYTES
    for number, member in enumerate(members):
        refused = _refused(member, nested=nested)
        # What is refused takes no room, however large it says that it is.
        left_bytes -= 0 if refused else member.file_size
        if number == MOST_MEMBERS or left_bytes < 0:
            yield Skip("digests", shown, _too_much(len(members), number))
            return
        name = f"{shown}/{member.filename}"
        if refused:
            yield Skip("digests", name, f"{refused}. {_REMEDY}")
        elif _is_archive(member):
            yield from _documents(partial(_unpacked, archive, member), name, nested=True)
        else:
            yield InputFile(name, partial(_chunks, archive, member))


def _is_seen(member: zipfile.ZipInfo) -> bool:
    """Whether it is a file that is not hidden; one of the folder above (`../a.txt`) is none."""
    parts = (part for part in PurePosixPath(member.filename).parts if part != "..")
    return not (
        member.filename.endswith("/") or any(part.startswith((".", "__")) for part in parts)
    )


def _is_archive(member: zipfile.ZipInfo) -> bool:
    return member.filename.casefold().endswith(".zip")


def _refused(member: zipfile.ZipInfo, *, nested: bool) -> str | None:
    if nested and _is_archive(member):
        return "an archive in an archive that lies in one itself"
    if member.flag_bits & 1:
        return "locked"
    if member.file_size > MOST_MEMBER_BYTES:
        return f"{member.file_size >> 20} MB large"
    times = member.file_size / max(member.compress_size, 1)
    if member.file_size > _SMALL_BYTES and times > MOST_TIMES_PACKED:
        return f"it unpacks to {times:.0f} times its size"
    return None


def _too_much(members: int, read: int) -> str:
    limit = f"{MOST_MEMBERS:,} files or {MOST_BYTES >> 30} GB"
    return (
        f"it holds {members:,} files, of which {read:,} were read: no more than {limit} are read "
        "of one archive. Unpack it and give the folder."
    )


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(_chunks(archive, member))))


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of one entry. Raises OSError where it cannot be unpacked."""
    left_bytes = MOST_MEMBER_BYTES
    try:
        with archive.open(member) as stream:
            while left_bytes > 0 and (chunk := stream.read(CHUNK_BYTES)):
                left_bytes -= len(chunk)
                yield chunk
    except (*ZIP_DAMAGE, OSError) as error:
        raise OSError(0, f"damaged in the archive ({_why(error)})") from error


def _why(error: Exception) -> str:
    return " ".join(str(getattr(error, "strerror", None) or error).split()) or type(error).__name__
