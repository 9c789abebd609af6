"""What readers find on each kind of page: its words, values and links, on invented corpora."""
