"""References in any citation style (CSL), and files for reference managers: BibTeX, RIS, CSL-JSON."""
