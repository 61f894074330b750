"""Help and wrong usage of the command line, completion by the shell, the prompt of a conversation."""
