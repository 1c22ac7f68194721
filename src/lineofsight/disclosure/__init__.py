"""Disclosure control: small numbers of children, and everything from which they could be worked out.

`table` says what a reader is shown and what must stay hidden; `hiding` chooses what else to hide at
the least cost; `paths` and `worlds` are the attackers it is chosen against; `audit` attacks what is
about to be published, by a way of its own. Numbers only: no child's row comes here.
"""
