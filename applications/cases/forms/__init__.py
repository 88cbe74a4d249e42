"""The room's forms, one module per act."""
