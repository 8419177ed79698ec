"""What Python's `zipfile` raises of a damaged archive, in whatever way its files are packed."""

import lzma
import struct
import zipfile
import zlib

ZIP_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, IndexError),
)
"""bzip2 raises OSError, as a disk does that cannot be read."""
