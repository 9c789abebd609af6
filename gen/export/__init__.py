"""The formats that other programs read: tables -> parquet, sqlite, schema -> catalogue."""
