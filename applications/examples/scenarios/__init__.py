"""Scenario constructors: cases walked through the executor by the right people, for the demo and for tests."""
