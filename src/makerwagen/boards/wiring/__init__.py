"""What an exercise's wiring becomes: the breadboard picture, its words, the list of parts, the circuit diagram."""
