"""What is made to teach with: sheets to hand out, and kits."""
