"""How the registry agrees with another list of parties, and how fast it searches."""
