"""Find whose words a question asks for, and the speakers of records whom it means."""
