"""What must not be shown: small numbers, and everything from which one could be worked out.

For papers, `knowledge` says what a reader learns from each figure, `attack` what can be worked out
of it all, `suppression` which fewest figures to withhold so that nothing can; `figures` turns an
authority's measurements into such knowledge. For the tidy dataset, `tidy` lays figures out as
`series` and `flows` (a `table`), `hiding` chooses against the attackers `paths` and `worlds`, and
`audit` attacks what is left by a way of its own. Numbers only; no row comes here.
"""
