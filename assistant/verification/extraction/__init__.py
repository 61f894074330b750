"""Find where quotations begin and end in a paragraph, and the citation at the end of a block quotation."""
