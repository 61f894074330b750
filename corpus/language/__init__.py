"""Language facts in one place: tokens, sentences, scripts, dates, countries, forums."""
