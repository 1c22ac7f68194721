"""From a delivered file to journey tables, in whole, explained.

`submission.read_delivery` is the way in: it recognises the return, reads it or refuses it with all
its faults, and `submission.describe` says what it did. Behind it: `reading` (opens files safely),
`layout`, `annex_a_layout` and `local` (which column fills which field), `header`, `conversion` and
`rows` (from cells to values), `children`, `cover` and `window` (who, and which days), `collected`
(censuses in XML and the SSDA903, from `cin_census`, `workforce_census` and `ssda903`), `ssd` (the
Standard Safeguarding Dataset, from files or a database), `arrivals` (folders and files sorted into
deliveries), `issue` (what is reported), `return_kind` and
`annex_a` (which returns there are).
"""
