"""Which software made a paper: its version, its commit where known, and its very source.

The version alone does not tell two development states apart, and a commit says nothing of what
was changed since; so the files of the package are hashed too. The libraries that draw the paper
are named because its bytes depend on them.
"""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = "lineofsight"
_DRAWING = ("jinja2", "python-docx", "typst", "xlsxwriter")
_COMPILED = (".pyc", ".pyo")


@dataclass(frozen=True, slots=True)
class Software:
    """The software that made a paper.

    `commit` is empty where it is not known; `source_sha256` is over all files of the package;
    `drawn_with` names the libraries (and the compression) on which the bytes depend.
    """

    version: str
    commit: str
    source_sha256: str
    drawn_with: tuple[tuple[str, str], ...]

    def changed_since(self, before: Software) -> str:
        """Say what is different from the software before; empty where nothing is."""
        if self.source_sha256 != before.source_sha256:
            return f"Line of Sight is another one ({before.named} then, {self.named} now)"
        then = dict(before.drawn_with)
        changed = [
            f"{name} {then.get(name, 'none')} is now {version}"
            for name, version in self.drawn_with
            if then.get(name) != version
        ]
        return "; ".join(changed)

    @property
    def named(self) -> str:
        """The version with the beginning of the commit or, without one, of the source's hash."""
        return f"{self.version}, {f'commit {self.commit[:8]}' if self.commit else self._source}"

    @property
    def _source(self) -> str:
        return f"source {self.source_sha256[:8]}"


@cache
def software() -> Software:
    """Give the software that is running."""
    libraries = tuple((name, metadata.version(name)) for name in _DRAWING)
    compression = str(getattr(zlib, "ZLIB_RUNTIME_VERSION", ""))
    machine = (("python", platform.python_version()), ("zlib", compression))
    package = Path(__file__).resolve().parents[1]
    return Software(
        metadata.version(PACKAGE), _commit(package), _hash_of(package), (*libraries, *machine)
    )


def _hash_of(package: Path) -> str:
    whole = hashlib.sha256()
    files = (p for p in package.rglob("*") if p.is_file() and p.suffix not in _COMPILED)
    for path in sorted(files):
        name = path.relative_to(package).as_posix()
        whole.update(f"{name}\0{path.stat().st_size}\0".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _commit(package: Path) -> str:
    """The commit of a checkout (src/lineofsight in its root), or of an installation from one."""
    return _commit_of(package.parents[1] / ".git") or _installed_commit()


def _commit_of(git: Path) -> str:
    """Read the commit without running git, which need not be there: HEAD, then what it names."""
    try:
        if git.is_file():  # a further worktree says where its own folder lies
            git = Path(git.read_text(encoding="utf-8").removeprefix("gitdir:").strip())
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref:"):
            return head
        shared = git / "commondir"
        root = git / shared.read_text(encoding="utf-8").strip() if shared.exists() else git
        return _named_commit(root, head.removeprefix("ref:").strip())
    except OSError:
        return ""


def _named_commit(root: Path, name: str) -> str:
    loose = root / name
    if loose.exists():
        return loose.read_text(encoding="utf-8").strip()
    packed = (root / "packed-refs").read_text(encoding="utf-8").splitlines()
    found = (line.split()[0] for line in packed if line.endswith(f" {name}"))
    return next(found, "")


def _installed_commit() -> str:
    """What an installer wrote down of where the package came from (PEP 610)."""
    told = metadata.distribution(PACKAGE).read_text("direct_url.json")
    origin = json.loads(told) if told else {}
    return str(origin.get("vcs_info", {}).get("commit_id", ""))
