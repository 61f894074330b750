"""Read Excel files (.xlsx)."""
