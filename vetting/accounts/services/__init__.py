"""One file per verb: the only writers of accounts, districts and memberships."""
