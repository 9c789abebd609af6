"""Which data sets are used, and how narrowly.

Read uses, concentration, measures, figures, question.
"""
