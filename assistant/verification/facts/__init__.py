"""Look up the figures, dates and names that a report states outside quotation marks."""
