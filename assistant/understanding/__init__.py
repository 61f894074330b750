"""Turn a message and the conversation before it into a query."""
