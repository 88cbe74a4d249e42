"""The pages that are generated from tables."""
