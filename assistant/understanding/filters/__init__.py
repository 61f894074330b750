"""Derive search filters from a question: times, forums, publishers, places, records, and sides of a comparison."""
