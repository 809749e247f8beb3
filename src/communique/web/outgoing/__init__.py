"""Every outgoing call that is not a visit to a source."""
