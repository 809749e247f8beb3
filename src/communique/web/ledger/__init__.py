"""Models, migrations and the store that flow writes through."""
