"""Search passages by meaning and by words."""
