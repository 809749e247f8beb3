"""The desk's pages and actions: what editors see and do under /desk/.

A view (`views/`) reads the ledger into one frozen dataclass and hands it to a template, which only prints. What an
action changes is decided in `actions` (statements), `drafts` (words) and `undoing`, each compare-and-set, each with an
entry in the audit; dispatches change in `ledger.publication`. `access` guards every page and action. Scripts and styles
lie in `assets/`: without them every page works by links and forms; keys stand in one table, `keys`.
"""
