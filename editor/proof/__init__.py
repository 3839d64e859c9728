"""What readers get: pages and pictures, the same for the preview and for every export."""
