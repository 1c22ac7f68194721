"""What must not be shown: small numbers, and everything from which one could be worked out.

`knowledge` says what a reader learns from each figure, `attack` what can be worked out of it all,
`suppression` which fewest figures to withhold so that nothing can; `figures` turns an authority's
measurements into such knowledge. Numbers only; no row comes here.
"""
