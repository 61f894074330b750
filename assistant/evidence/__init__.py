"""The user's list of quotations that were put aside."""
