"""What studies publish beside the paper. Read kinds, groups, question."""
