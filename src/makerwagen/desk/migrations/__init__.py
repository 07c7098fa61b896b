"""How the tables of the desk's store became what they are."""
