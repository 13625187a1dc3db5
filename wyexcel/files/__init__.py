"""Files of any plan: workbooks and documents, read and written; nothing here knows what they say."""
