"""Pure tools without trade words: digests, text, addresses, days, JSON.

Room: kit
In: strings, bytes, dates
Out: strings, bytes, dates
Entry: digest, text, urls, jsonable
"""
