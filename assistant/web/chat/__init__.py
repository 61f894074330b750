"""The chat: conversation, messages, sources."""
