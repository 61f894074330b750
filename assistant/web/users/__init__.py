"""Users of the page: who sends a request, the pages to log in and to change a password, roles, limits of attempts."""
