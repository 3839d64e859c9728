"""One page of the site in a web engine that runs nothing and contacts nobody."""
