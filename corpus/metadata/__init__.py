"""Extract facts from documents: title, days, publisher, meeting."""
