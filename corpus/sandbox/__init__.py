"""Reading in a process of its own, which may cost only so much time and memory and can be ended."""
