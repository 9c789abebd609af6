"""What people bring in, brought into the form of the tables: nothing here has a network.

Read written (tables as text), lines (rows that are proposed), then tidy and screening.
"""
