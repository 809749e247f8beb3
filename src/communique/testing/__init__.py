"""Shipped doubles: a web on loopback, an in-memory ledger, builders.

Room: testing
In: what a test asks for
Out: fakes that pass the same contract tests as the real thing
Entry: web, ledger, builders
"""
