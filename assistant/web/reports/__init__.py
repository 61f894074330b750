"""Report check and exports of the web page."""
