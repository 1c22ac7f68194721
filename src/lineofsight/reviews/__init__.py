"""Reviews: why things take as long as they do, and what moves a number of children.

A review reads children's records, so it is an act: none can be made without an audit entry. What
leaves it is numbers. `clocks_reviewed` holds a block for each timescale that can be reviewed,
`timeliness` the review of one, `flow` that of a number of children; `report` is what both are told
as, which `page`, `drawing` and `workbook` put on paper. Nothing here goes into a public paper.
"""
