"""Sensor data: packs now, hub and nodes later."""
