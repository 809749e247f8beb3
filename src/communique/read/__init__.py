"""A page becomes text.

Room: read
In: a Capture, and Hints from elsewhere
Out: Document, Listing or Feed; Trouble for what can't be read
Entry: document(capture), listing(capture), feed(capture)
"""
