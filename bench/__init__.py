"""Side-by-side benchmarks: `make bench`. Nothing here is a test; seconds are shown, ratios are what counts."""
