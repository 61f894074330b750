"""Users of a library: accounts, passwords, sessions, tokens, the audit log, and the user who acts now."""
