"""A page becomes text: title, body, day, language, who signed.

Room: read
In: a Capture, and Hints from elsewhere
Out: Document, Listing, Feed or Sitemap; Trouble for what can't be read
Entry: document(capture, hints=…), listing(capture), feed(capture), sitemap(capture); explained(capture, hints=…) for
    a document with how it was read; signatories(text), wordpress(path); warm() before processes fork, text_digest(text)
"""

from communique.read._document import document, explained, text_digest, warm
from communique.read._feed import feed
from communique.read._listing import listing
from communique.read._signatories import SignatureList, signatories
from communique.read._sitemap import sitemap
from communique.read._wordpress import Passed, Post, wordpress

__all__ = [
    "Passed",
    "Post",
    "SignatureList",
    "document",
    "explained",
    "feed",
    "listing",
    "signatories",
    "sitemap",
    "text_digest",
    "warm",
    "wordpress",
]
