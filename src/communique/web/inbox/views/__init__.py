"""The desk's pages and actions, one module a part of the desk."""
