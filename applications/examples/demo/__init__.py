"""The demo's data: what a newcomer meets at the first start. Everything in it is invented."""
