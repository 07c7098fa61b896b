"""Measure Makerwagen side by side with other tools: python -m benchmarks."""
