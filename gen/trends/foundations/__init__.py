"""What studies build on. Read lineage, roots, question."""
