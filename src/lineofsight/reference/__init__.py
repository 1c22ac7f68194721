"""What the whole country shares: periods, working days, places, codes, an authority's settings."""
