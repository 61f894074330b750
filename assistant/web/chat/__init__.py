"""Chat view of the web page: conversation, messages, and the panel with the cited sources."""
