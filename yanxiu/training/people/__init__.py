"""Know who somebody is: account, person, persona, identity."""
