"""Workbooks that strangers sent, read within limits into plain values."""
