"""Judge whether the evidence supports an answer."""
