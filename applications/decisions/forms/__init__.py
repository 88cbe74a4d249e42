"""Forms of the decisions room. Saving stays with the services."""
