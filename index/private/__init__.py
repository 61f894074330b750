"""The library as one user sees it: the common documents and those that this user keeps private."""
