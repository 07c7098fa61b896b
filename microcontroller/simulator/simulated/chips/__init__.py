"""Chips on a bus, each as the bytes that go in and come out."""
