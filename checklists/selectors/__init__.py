"""Reads. `versions`: which checklist holds; `reviews`: a review as the rules see it; `sheets`: as the page shows it."""
