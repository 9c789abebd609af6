"""The API, static JSON: document -> one_study, rows, summaries -> files."""
