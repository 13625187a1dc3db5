"""Sheets and letters, described without their looks, written as .xlsx, .docx and .pdf."""
