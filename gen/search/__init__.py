"""What the search box looks through: one file of everything on the site that has a name.

`prose` reads the pages that are text; `index` writes the file. How hits are found and ordered is
in docs/assets/js/search/.
"""
