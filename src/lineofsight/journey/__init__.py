"""The event model: what happened to a child, and the statutory clocks.

The model knows no source, no engine and no paper.
"""
