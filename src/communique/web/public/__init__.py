"""The public API and search."""
