"""How well code reads languages other than English, and how fast it is."""
