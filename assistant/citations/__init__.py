"""Cite passages: slices of documents, anchors and links that mark them."""
