"""One module a kind of page; view is what each is given."""
