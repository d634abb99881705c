"""Which pages exist, and what a template may ask."""
