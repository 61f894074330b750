"""Time adding, asking and serving, beside bare work and other programs on the same texts in the same run."""
