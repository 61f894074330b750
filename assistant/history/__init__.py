"""Keep the conversations of a user in the library: list, rename and remove them, and open them as they were."""
