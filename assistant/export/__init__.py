"""Answers, conversations and evidence lists as files: Word, Markdown, HTML, PDF, BibTeX, RIS, CSL-JSON, CSV, JSON."""
