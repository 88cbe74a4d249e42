"""Pure rules of decisions: each answers with a reason, none reads the clock or writes."""
