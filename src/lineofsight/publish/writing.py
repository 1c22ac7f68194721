"""Writing a file whole or not at all: a reader never opens half a paper."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lineofsight.errors import Fault, UsageFault

# XML cannot hold these, though text pasted from Word does: a soft line break is character 11.
_UNWRITABLE = {code: " " for code in range(32) if chr(code) not in "\t\n\r"}


def writable(text: str) -> str:
    """Text without the characters that XML cannot hold, a space in the place of each."""
    return text.translate(_UNWRITABLE)


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path`, replacing what was there only when all of it is on disk.

    Raises UsageFault where the folder cannot be written to.
    """
    try:
        _replace(path, content)
    except OSError as error:
        raise UsageFault(
            Fault(
                f"The paper cannot be written: {error.strerror or error}.",
                f"The file is {path}.",
                "Give a folder that exists and that you may write to, and close the file if it "
                "is open.",
            )
        ) from error


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
