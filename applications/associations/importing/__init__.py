"""Import of the register from a file, as pure steps: columns → values → rows → seen, then written set-wise."""
