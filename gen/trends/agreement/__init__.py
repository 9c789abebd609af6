"""How far two coders agree, and what was decided where they do not.

Read decisions, coding, upheld, figures, listing, question.
"""
