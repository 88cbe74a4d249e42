"""Pages of programmes and rounds: load, check, one domain call, a template."""
