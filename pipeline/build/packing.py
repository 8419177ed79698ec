"""A build as runs of bytes, for another process: MessagePack for records, Arrow for tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import IO, Any, Generic, TypeVar, get_type_hints, overload

import msgspec
import pyarrow as pa

from pipeline.model.tables import Build

T = TypeVar("T")

_SIZE_BYTES = 8
_SHELVED_TOGETHER = 500
_CODEC = pa.Codec("lz4")


class Shelved(Sequence[T], Generic[T]):
    """Records of one kind as bytes, less than a third as large; made anew when looked at."""

    def __init__(self, runs: list[bytes], count: int, kind: type[T]) -> None:
        self.runs, self._count, self._kind = runs, count, kind

    @classmethod
    def of(cls, records: Sequence[T], kind: type[T]) -> Shelved[T]:
        """These records as bytes."""
        if isinstance(records, Shelved):
            return records
        encode = msgspec.msgpack.Encoder().encode
        starts = range(0, len(records), _SHELVED_TOGETHER)
        runs = [_smaller(encode(records[start : start + _SHELVED_TOGETHER])) for start in starts]
        return cls(runs, len(records), kind)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        decode = decoder(list[self._kind]).decode  # type: ignore[name-defined]
        for run in self.runs:
            yield from decode(_as_it_was(run))

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return list(self)[place]


def _smaller(run: bytes) -> bytes:
    packed: bytes = _CODEC.compress(run, asbytes=True)
    return len(run).to_bytes(_SIZE_BYTES, "big") + packed


def _as_it_was(packed: bytes) -> bytes:
    size = int.from_bytes(packed[:_SIZE_BYTES], "big")
    run: bytes = _CODEC.decompress(memoryview(packed)[_SIZE_BYTES:], size, asbytes=True)
    return run


def packed(build: Build) -> list[memoryview]:
    """The fields of a build, each as bytes, in their order."""
    return list(map(packed_field, build))


def packed_field(field: object) -> memoryview:
    """One field of a build as bytes."""
    if isinstance(field, pa.Table):
        return memoryview(packed_table(field))
    return memoryview(msgspec.msgpack.encode(list(field) if isinstance(field, Shelved) else field))


def unpacked(parts: Sequence[bytes]) -> Build:
    """The build that was `packed` so."""
    fields = (
        unpacked_table(part) if kind is pa.Table else decoder(kind).decode(part)
        for kind, part in zip(_kinds(), parts, strict=True)
    )
    return Build(*fields)


def write_parts(stream: IO[bytes], parts: Sequence[bytes | memoryview]) -> None:
    """Writes runs of bytes so that `read_parts` gives them again."""
    sizes = [len(parts), *map(len, parts)]
    stream.write(b"".join(size.to_bytes(_SIZE_BYTES, "big") for size in sizes))
    stream.writelines(parts)
    stream.flush()


def read_parts(stream: IO[bytes]) -> list[bytes]:
    """The next runs of bytes; none where the other side has ended, be it within one of them."""
    (count,) = _sizes(stream, 1) or (0,)
    sizes = _sizes(stream, count)
    parts = [stream.read(size) for size in sizes]
    is_whole = len(sizes) == count and sizes == [len(part) for part in parts]
    return parts if is_whole else []


def _sizes(stream: IO[bytes], count: int) -> list[int]:
    read = stream.read(_SIZE_BYTES * count)
    places = range(0, len(read) - _SIZE_BYTES + 1, _SIZE_BYTES)
    return [int.from_bytes(read[place : place + _SIZE_BYTES], "big") for place in places]


def packed_table(table: pa.Table) -> bytes:
    """A table as bytes."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def unpacked_table(packed: bytes) -> pa.Table:
    """The table that was packed so."""
    return pa.ipc.open_stream(packed).read_all()


@cache
def _kinds() -> tuple[Any, ...]:
    return tuple(get_type_hints(Build).values())


@cache
def decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """What reads a value of this type."""
    return msgspec.msgpack.Decoder(kind)
