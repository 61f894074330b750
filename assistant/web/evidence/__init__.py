"""The Evidence view: quotations that were put aside."""
