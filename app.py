"""Starts the page with settings from the environment, as `rapporteur serve` does."""

import sys

from assistant.commands import main

if __name__ == "__main__":
    sys.exit(main(["serve"]))
