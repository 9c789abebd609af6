"""How text is written, for whoever writes some: it knows nothing of the review.

Read format, markdown, html_blocks, placeholder; render fills templates and escapes.
"""
