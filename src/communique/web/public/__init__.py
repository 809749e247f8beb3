"""What the world may ask of a running desk: the wire's files, the API under /api/v1/, and the search page."""
