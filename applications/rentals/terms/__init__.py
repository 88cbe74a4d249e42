"""The published terms of a venue and the district's tariff: what a version's content says, and what follows. Pure."""
