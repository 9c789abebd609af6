"""Turn the review's tables into its pages. Read `site.py` first: it is the table of contents."""
