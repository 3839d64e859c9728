"""Who signed what: keys, the signed masthead, and approvals that anyone can verify."""
