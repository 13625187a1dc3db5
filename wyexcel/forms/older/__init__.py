"""Forms of an earlier plan or layout: how they differ, and their values carried over (转入)."""
