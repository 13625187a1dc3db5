"""Official documents (公文) as Word files by GB/T 9704—2012, and the hand edits in them kept."""
