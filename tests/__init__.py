"""The tests; a package, so that `python -m tests.chromium` works from the repository's root."""
