"""How far two coders agree. Read coding, figures, question."""
