"""python -m lineofsight."""

import sys

try:
    from lineofsight.cli import main
except KeyboardInterrupt:
    # Ctrl-C while the program is still being loaded.
    sys.stderr.write("Stopped before anything was done.\n")
    sys.exit(130)

main()
