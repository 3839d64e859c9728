"""An edition as a BagIt bag, made of what other exporters plan."""
