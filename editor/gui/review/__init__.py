"""Reading what somebody else wrote: its history, the notes on it, returning and approving it."""
