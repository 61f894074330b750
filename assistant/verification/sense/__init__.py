"""Judge what a quotation leaves off or leaves out: a limit, a denial or a condition that turns its sense."""
