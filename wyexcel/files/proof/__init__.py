"""The print proof (打印校样): what is wrong with pages as they came out of the printer."""
