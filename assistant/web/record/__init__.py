"""The view of an open record: its outline, the search in it, and its facts with their origins."""
