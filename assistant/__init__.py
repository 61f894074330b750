"""Answer questions with citations, or abstain; also reports, commands and the page. Imports index and corpus."""
