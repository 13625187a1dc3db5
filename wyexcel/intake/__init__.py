"""From a folder of files to checked submissions (收表): read, judged and decided once."""
