"""Train the ranker whose weights are in `index/models/ranker_weights`."""
