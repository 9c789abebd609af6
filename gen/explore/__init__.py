"""What readers filter in their browsers: the fields of a list, and the file that holds them."""
