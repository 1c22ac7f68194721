"""A whole made-up authority, child by child, at any size: no real child is in it.

`authority.synthesise` writes its returns as a council would deliver them; `lives.simulate` gives
the lives themselves, in no return's form, for any other writer. `steering` is the story they tell
and the only place that knows it. Behind `lives`: `history` runs month after month over `service`
(who is open to it) with `front_door`, `protection` and `care`; `population` makes the families;
`hub`, `plan_detail`, `looked_after`, `permanence`, `leaving_care`, `staff` and `quality` fill in
what happened within each span. `as_known` goes back to what was known on an earlier day, `window`
tells which rows a delivery covers, `standing` how a case stands on a day. Worked out beside the
simulation, which they do not change: `assessment_factors`, `need_plans` and `workforce` with
`workforce_slots`. The writers: `annex_a_lists` with `annex_a_labels`, `local_lists`, `workbook`,
`cin_census` with `cin_census_rows`, `workforce_census`, `xml_text`, `ssda903` with its tables and
codes, `ssd` with `ssd_tables` and `ssd_care`, `settings` and `commentary`. `mess` and the files
named after it make faults in what is written. `as_journey` and its chapters tell the lives as
journey tables, for a test of all of them.
`calendar`, `draws`, `codes` and `frames` serve them all.
"""
