"""The quantitative meta-analysis: one module a question, each from a frame to figures and values.

`base` says what a question gives, `questions` lists them, `compute` asks them of every subset.
"""
