"""Benchmarks: ours, the peer and the raw limit, side by side in one run."""
