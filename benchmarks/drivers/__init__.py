"""Hold the programs that are measured, each a whole process."""
