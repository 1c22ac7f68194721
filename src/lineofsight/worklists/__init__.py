"""The children behind a number: rows are shown here only, and only with an audit entry."""
