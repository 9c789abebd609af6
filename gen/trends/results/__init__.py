"""The results that studies state. Read pooling, stated, question."""
