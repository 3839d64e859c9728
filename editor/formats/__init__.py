"""What comes in and what goes out. Formats are pure: values in, values or files out."""
