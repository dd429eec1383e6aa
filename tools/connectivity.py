"""What hangs together: components, bridges, cut nodes, cores, connectivity numbers, reachability."""
