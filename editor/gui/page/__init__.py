"""A page of the site in a web engine that runs no script of the page and contacts nobody."""
