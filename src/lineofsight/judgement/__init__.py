"""Judgement: numbers in, findings out; which indicators are positive areas or need developing.

`judge.judge` is the way in and `finding` what comes out. Behind it: `intervals` and `funnel` (how
sure a difference is), `charts` and `variation` (what the newest months say against their own
history), `level` (comparisons, target, change), `rules` (the ordered rules that decide, as data),
`reasons` (the sentence of each) and `thresholds` (every constant). No child's row reaches here.
"""
