"""The association's cases, gathered for its page. Reads only."""
