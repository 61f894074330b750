"""Several libraries that one server serves, each as a notebook with a page at an address of its own."""
