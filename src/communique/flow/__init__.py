"""The corridor: takes a capture through the rooms and stores the result in one transaction; decides nothing.

Room: flow
In: what is due, by the ledger
Out: rows in the ledger
Entry: pass_(…)
"""
