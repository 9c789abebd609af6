"""A release in code and data is a version to readers: its data, its numbers, what it changed.

Read snapshot, headlines, changes, report; old_pages, assemble.
"""
