"""What is kept for good (归档): the folders of a workspace, accepted originals, closed periods."""
