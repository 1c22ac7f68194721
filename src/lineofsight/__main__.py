"""python -m lineofsight."""

from lineofsight.cli import main

main()
