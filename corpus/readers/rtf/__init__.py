"""Read RTF files (.rtf)."""
