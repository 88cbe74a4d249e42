"""The page Idag: what is one's turn today and this week, what waits for others, and how the district stands."""
