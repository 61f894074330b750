"""Find the persons of a record, and whom an office, a label or initials mean: "THE CHAIR" and "AB" are Ada Bo."""
