"""Files become documents, and documents become passages. This package imports nothing else of Rapporteur."""
