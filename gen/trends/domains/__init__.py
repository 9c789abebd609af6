"""How domains, modalities and tasks change, and how soon general models come to medical use.

Read diversity, changes, lag, question.
"""
