"""What `make bench` runs: cost at 1, 10 and 100 times the data, page weights and search, beside a stock build."""
