"""Read the bytes of files into text with structure, one reader for each format."""
