"""Reviews: why things take as long as they do, what moves a number, and how far children go.

A review reads children's records, so it is an act: none can be made without an audit entry. What
leaves it is numbers. `clocks_reviewed` and `stocks_reviewed` hold a block for each timescale and
each number that can be reviewed; `timeliness`, `flow` and `thresholds` are the reviews, each put
into words by the file beside it; `capacity` is the one that looks ahead, over `conference_demand`
and `conference_queue`. `report` is what all are told as, which `drawing` draws and
`written` puts into a page and a workbook. Nothing here goes into a public paper.
"""
