"""Every other file that a reader or a program can fetch: one module, one output."""
