"""The review page and the pages that hang on it. Each loads its host first: where the person came from."""
