"""The entry point: `lineofsight`, and `python -m lineofsight`."""

import importlib
import sys


def run() -> None:
    """Load the command line and run it; Ctrl-C is answered in words from the first moment."""
    try:
        cli = importlib.import_module("lineofsight.cli")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped before anything was done.\n")
        sys.exit(130)
    cli.main()


if __name__ == "__main__":
    run()
