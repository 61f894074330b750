"""Read Japanese names: their kana, the sounds of kana and of Latin letters, and how far two names sound alike."""
