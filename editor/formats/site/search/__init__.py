"""The search of a site: files that its page loads in parts, and the script that reads them."""
