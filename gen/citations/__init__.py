"""How studies, pages and other literature are cited. Read entry, formats, pages, in_text."""
