"""Pages of the grants room."""
