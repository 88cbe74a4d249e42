"""Filling a database with many cases, set by set, through every trigger: for measuring, never for showing."""
