"""Files to content: YAML and notebooks are read here, and nowhere else."""
