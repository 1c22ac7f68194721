"""Where records are kept and asked: submissions as Parquet, and one file an engine.

The only room that names an engine; each runs the same text.
"""
