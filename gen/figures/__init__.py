"""Figures and how they are drawn. Read theme, figure, charts, by_category, draw."""
