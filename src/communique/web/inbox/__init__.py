"""The desk's pages and actions."""
