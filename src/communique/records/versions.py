"""Which version each room is of. A row of the ledger says which made it; a lower one there means: due to be made anew.

They stand here, not in the rooms, because whoever asks what is due must not load the rooms' libraries for it.
Raise a number when the room would yield something else for the same input.
"""

READ = 1
MATCH = 3
CODE = 1
