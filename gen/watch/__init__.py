"""The only room with a network: what databases hold of works, and what lives behind addresses.

Read client (who asks, and how politely), work (what is learnt), then the services arxiv, pubmed,
openalex and crossref, then add, search and watch. No build comes here.
"""
