"""The service guide manual (办事指南手册): every guide of the hall, or of one department, as one book."""
