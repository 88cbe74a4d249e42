"""The room's pages: each load once, check, make one domain call."""
