"""Export answers, conversations and evidence lists: Word, Markdown, HTML, PDF, BibTeX, RIS, CSL-JSON, CSV, JSON."""
