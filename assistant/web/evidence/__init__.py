"""Evidence view of the web page: the quotations that a user saved for a report."""
