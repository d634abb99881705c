"""What editors and reviewers read; nothing here blocks a build."""
