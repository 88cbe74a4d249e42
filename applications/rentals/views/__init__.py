"""The pages of the rentals room."""
