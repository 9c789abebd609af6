"""The tables of data/, described, read and checked.

Read cells, columns, tables, settings, corpus; then rules/ and load.
"""
