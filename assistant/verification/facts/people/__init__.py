"""Compare what a report says of persons with the records: their names, what they did, and who was at a meeting."""
