"""Read OpenDocument files (.odt, .ods, .odp)."""
