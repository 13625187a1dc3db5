"""Files of any plan: workbooks and documents, read and written, whatever they say."""
