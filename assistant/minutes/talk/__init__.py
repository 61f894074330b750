"""Decisions of a talk: the outcome that is spoken, the item and the proposal that it ends, the votes between."""
