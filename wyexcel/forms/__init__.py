"""The form that a unit fills (填报表): which cells it has, and what a filled one says."""
