"""Definitions and a journey in, values out: each with its numerator, denominator and reasons.

`measurement.py` is what crosses the privacy wall; `measure.py` and `statement.py` stay below it.
"""
