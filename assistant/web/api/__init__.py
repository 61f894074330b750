"""HTTP API for programs: ask, search, verify, and manage documents and conversations, in the JSON of the commands."""
