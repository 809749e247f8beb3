"""The corridor: takes a capture through the rooms and stores the result in one transaction; decides nothing.

Room: flow
In: what is due, by the ledger
Out: captures, documents, assignments and codings, entered in the ledger
Entry: run_pass(corridor), run_until_done(corridor)
"""

from communique.flow._enter import Tally
from communique.flow._pass import Corridor, run_pass, run_until_done
from communique.flow._visit import LOCAL, Means, Visit, context, told, whole
from communique.flow.renewal import renew

__all__ = [
    "LOCAL",
    "Corridor",
    "Means",
    "Tally",
    "Visit",
    "context",
    "renew",
    "run_pass",
    "run_until_done",
    "told",
    "whole",
]
