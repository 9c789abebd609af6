"""What the search box looks through: everything on the site that has a name.

`prose` reads the pages that are text; `index` writes the files. How hits are found and ordered is
in docs/assets/js/search/.
"""
