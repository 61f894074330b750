"""Where the numbers in the documentation come from: `make quality` scores the answers, `make bench` times them."""
