"""What people bring in, brought into the form of the tables: nothing here has a network.

Read written (tables as text), then tidy (what has one right form) and screening.
"""
