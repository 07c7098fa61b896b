"""MQTT for a real board and the simulated one alike; copy this folder to the board."""
