"""Every address ever published still leads somewhere.

Read anchors, redirects, resolve, addresses.
"""
