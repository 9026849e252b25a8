"""Count how a training goes, for each node of the tree, from rows that its officers may open."""
