"""Everything that depends on a language, in one place: words, sentences, scripts, dates, names, word lists."""
