"""The data: what a record is, kind by kind, and every list of kinds, derived from their rows."""
