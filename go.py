"""The project's commands on a bare machine: python3 go.py demo | test | check | a lineofsight verb.

Needs only Python 3.11 with pip, not even ensurepip: makes a private folder `.tool` with uv in it,
and runs the locked project through that. Works the same on Windows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOL = HERE / ".tool"
BIN = TOOL / ("Scripts" if os.name == "nt" else "bin")
UV = BIN / ("uv.exe" if os.name == "nt" else "uv")
UV_VERSION = "0.13.9"
LOCKED = ["run", "--frozen", "--project", str(HERE)]
CHECKS = (
    ["ruff", "format", "--check", str(HERE)],
    ["ruff", "check", str(HERE)],
    ["mypy", "--config-file", str(HERE / "pyproject.toml")],
    ["pytest", "-q", "-p", "no:cacheprovider", "tests/architecture", "tests/docs"],
)


def fetch_uv() -> None:
    """Put uv into the private folder, once."""
    if UV.exists():
        return
    print("Fetching uv into .tool (once) …", file=sys.stderr, flush=True)
    venv.create(TOOL, with_pip=False, clear=True)
    python = BIN / ("python.exe" if os.name == "nt" else "python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--disable-pip-version-check", f"uv=={UV_VERSION}"], check=True)


def run(*command: str) -> int:
    """Run a command of the locked project and give its exit code."""
    settings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_PYTHON": sys.executable}
    settings.pop("VIRTUAL_ENV", None)
    # Bytecode stays in the project's own folder; without it every command takes seconds more.
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run([str(UV), *command], env=settings).returncode


def main(arguments: list[str]) -> int:
    """Run one of the project's commands."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    fetch_uv()
    if verb == "test":
        os.chdir(HERE)
        # One worker a core; the tests of a file share what they have made.
        return run(*LOCKED, "pytest", "-n", "auto", "--dist", "loadfile", *rest)
    if verb == "check":
        os.chdir(HERE)
        failed = [check[0] for check in CHECKS if run(*LOCKED, *check)]
        print(f"{len(CHECKS) - len(failed)} of {len(CHECKS)} checks hold.", *failed, flush=True)
        return 1 if failed else 0
    return run(*LOCKED, "--no-dev", "lineofsight", verb, *rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
