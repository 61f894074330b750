"""Starts the page, with settings from the environment, and nothing else: `rapporteur serve`."""

import sys

from assistant.commands import main

if __name__ == "__main__":
    sys.exit(main(["serve"]))
