"""Models that turn texts into vectors (encoders) or score a sentence for a question (ranker)."""
