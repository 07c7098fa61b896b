"""Results: notebooks, sheets, pages and lists that schools and the wagon take away."""
