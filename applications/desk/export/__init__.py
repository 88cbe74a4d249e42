"""The queue as a file: asked for on the page, made by the worker, fetched by whoever asked."""
