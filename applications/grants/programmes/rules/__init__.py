"""What follows from a programme's terms: pure functions over typed terms and plain facts. Nothing here decides."""
