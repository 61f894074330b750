"""Read files into documents and cut documents into passages. This package imports nothing else of Rapporteur."""
