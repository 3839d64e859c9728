"""A web server on loopback for an export, to try a site or an API before it goes out."""
