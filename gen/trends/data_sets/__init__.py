"""Which data sets are used, how far each domain leans on its own, and who tests on others.

Read uses, niches, over_time, reuse, figures, question.
"""
