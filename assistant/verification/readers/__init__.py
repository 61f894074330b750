"""Read reports as paragraphs, one reader a format."""
