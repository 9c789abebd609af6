"""What is counted and estimated from the corpus.

Read links, tables, flow, provenance; then statistics and resampling, estimators that know nothing
of the review.
"""
