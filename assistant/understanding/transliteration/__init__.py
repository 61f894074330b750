"""Write the Japanese names of a question as the records write them in Latin letters."""
