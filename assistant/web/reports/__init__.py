"""The report check and the exports of the page."""
