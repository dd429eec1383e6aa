"""Groups and triangles: communities, modularity, clustering."""
