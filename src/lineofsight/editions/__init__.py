"""The room that remembers what was published: whole papers, frozen with all they rested on.

Numbers and words only: an edition holds no child's row, and nothing here can reach one.
"""
