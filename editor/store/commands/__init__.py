"""What each command does inside one transaction of the write door."""
