"""What stands next to a node: neighbours, edges, common neighbours, degrees of one node."""
