"""Whether what was delivered can be true: rules, and a report that says for each whether it ran.

`validate.validate` is the way in and `report.ValidationReport` what comes out. `rule` says what a
rule is; `annex_a` holds the census rules that Annex A can break, `journey` those of any journey.
"""
