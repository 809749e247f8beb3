"""Who did what to whom.

Room: code
In: a text, a Registry, a Context
Out: Coding: mentions, events, places, dates, occasions
Entry: coding(text, registry=…, context=…) -> Coding
"""
