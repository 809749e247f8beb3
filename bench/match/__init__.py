"""How fast match is, and how much memory it takes."""
