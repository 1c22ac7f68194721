"""Claims: statements in prose, each held against the facts.

A sentence is read as marks (`marks`): numbers with their unit (`quantities`), periods (`periods`),
areas and indicators (`vocabulary`, `naming`), and words that claim something without a number
(`cues`). Marks are bound into a claim (`binding`), and a claim is held against the `facts`:
`held_numbers` for numbers, `held_movements` and `held_standing` for words. `check` is the way in,
`report` what comes out; `reading` takes files in, `finished` checks our own papers. Numbers only:
no child's row reaches here.
"""
