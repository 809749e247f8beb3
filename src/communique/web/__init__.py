"""The desk, the API and the ledger: Django lives here and nowhere else.

Room: web
In: HTTP requests
Out: pages, JSON
Entry: application()
"""
