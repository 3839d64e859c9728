"""Which stories have a word: what the search of a site and that of the API are made of."""
