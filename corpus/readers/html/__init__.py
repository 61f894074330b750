"""Read web pages and saved pages (.html, .mhtml)."""
