"""From paths to files: folders, patterns, archives, links, and what is refused before it is read."""
