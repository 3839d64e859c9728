"""The handlers of commands, each inside one transaction of the write door."""
