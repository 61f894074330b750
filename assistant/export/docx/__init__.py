"""Write reports as Word files (.docx)."""
