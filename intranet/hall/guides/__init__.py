"""What a service guide tells and its service items are counted by: one and the same, or somebody is told."""
