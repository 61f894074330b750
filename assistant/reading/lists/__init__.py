"""Find the lists of records, and choose the one that a question asks for with the items that it names."""
