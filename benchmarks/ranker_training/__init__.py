"""How the ranker's weights are made. Nothing here is imported by the assistant."""
