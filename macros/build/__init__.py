"""Pages and exports to one finished folder, for any generator."""
