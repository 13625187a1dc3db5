"""What goes back to the units: annotated copies, letters, and the folder 退回 that holds them."""
