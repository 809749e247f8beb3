"""How collect stands a desk of two thousand sources: speed, size, manners, and what a kill leaves behind."""
