"""What the search finds: its index of invented corpora, and readers' queries on the real one."""
