"""The static site exporter: plain files for any web server, or for a folder on a USB stick."""
