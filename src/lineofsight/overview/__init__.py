"""The committee paper as data, and its sentences: described here, drawn in `publish`."""
