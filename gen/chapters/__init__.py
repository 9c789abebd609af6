"""What pages written by hand may say of the data. Read conditions, expressions, authored."""
