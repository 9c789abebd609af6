"""The tests; a package, so that `python -m tests.browser` works from the repository's root."""
