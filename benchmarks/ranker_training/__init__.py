"""Train the ranker; its weights lie in `index/models/ranker_weights`."""
