"""Who may do what, and the append-only record of what was done."""
