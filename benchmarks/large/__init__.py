"""Large graphs: loading, memory and algorithms against networkx and the peer libraries, 10^4 to 10^7 edges."""
