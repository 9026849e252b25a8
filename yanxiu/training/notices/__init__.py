"""Tell people what happened to them: a row a notice, in the transaction of the deed."""
