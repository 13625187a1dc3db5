"""What is wrong with a plan as the master says it, sheet by sheet."""
