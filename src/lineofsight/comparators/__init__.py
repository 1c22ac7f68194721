"""Published figures to compare with, each with its period, release, date and source.

comparator.py            one published value, and how far authorities usually lie apart
explore_education.py     the Department's CSV files: columns, symbols, areas, years
published_indicator.py   what a published figure is: its columns, period and unit
catalogue.py             the published figures that are read, one block each
published.py             a folder of downloaded files as figures by indicator, area and year
neighbours.py            statistical neighbours, and which list says so
recognised.py            what a downloaded file is, by what stands in it
arrived.py               files, folders and zipped downloads as they are given
library.py               the files of comparators that a store keeps
shipped.py               comparators and spreads that come with the product
"""
