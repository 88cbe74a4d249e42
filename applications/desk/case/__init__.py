"""The case page: the application as it came in, and beside it what to do, who, until when, and what has happened."""
