"""What people bring in, brought into the form of the tables: nothing here has a network."""
