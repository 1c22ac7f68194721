"""Disclosure control: small numbers of children, and all from which they could be worked out.

`table` says what a reader is shown and what must stay hidden; `hiding` chooses what else to hide at
the least cost (`covering`); `paths` and `worlds` are the attackers it is chosen against. `series`,
`flows` and `groups` lay the figures of an authority out as such tables, `tidy` those of a dataset
and `papers` those of a paper. `audit` attacks what is about to be published, by a way of its own.
Numbers only: no child's row comes here.
"""
