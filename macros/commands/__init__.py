"""What each command does and says, to its exit status. `macros/__main__.py` reads the command line."""
